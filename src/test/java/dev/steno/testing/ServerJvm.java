package dev.steno.testing;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What the server's JVM holds, asked from outside. */
public final class ServerJvm implements AutoCloseable {
    private final Path status;
    private final JMXConnector connector;
    private final MemoryMXBean memory;
    private final ThreadMXBean threads;

    private ServerJvm(long pid, JMXConnector connector) throws IOException {
        this.status = Path.of("/proc", Long.toString(pid), "status");
        this.connector = connector;
        MBeanServerConnection server = connector.getMBeanServerConnection();
        memory = ManagementFactory.newPlatformMXBeanProxy(
                server, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        threads = ManagementFactory.newPlatformMXBeanProxy(
                server, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    }

    @SuppressWarnings("BanJNDI") // the address comes from a JVM that these tests started
    public static ServerJvm attach(long pid) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
        try {
            String address = machine.startLocalManagementAgent();
            return new ServerJvm(pid, JMXConnectorFactory.connect(new JMXServiceURL(address)));
        } finally {
            machine.detach();
        }
    }

    /** After a full collection: what is really held. */
    public double liveHeapMebibytes() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed() / 1048576.0;
    }

    public int threads() {
        return threads.getThreadCount();
    }

    /** Resident memory; 0 where there is no {@code /proc}. */
    public double residentMebibytes() throws IOException {
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0)
                / 1024.0;
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
