package dev.steno.testing;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.ThreadMXBean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What the server's JVM holds, asked from outside. */
public final class ServerJvm implements AutoCloseable {
    private final JMXConnector connector;
    private final MemoryMXBean memory;
    private final ThreadMXBean threads;
    private final MBeanServerConnection server;

    private ServerJvm(JMXConnector connector) throws IOException {
        this.connector = connector;
        server = connector.getMBeanServerConnection();
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
            return new ServerJvm(JMXConnectorFactory.connect(new JMXServiceURL(address)));
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

    /** How many objects of exactly this class are reachable. */
    public int instances(String className) throws Exception {
        String histogram = (String) server.invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
        Matcher line = Pattern.compile("(?m)^ *\\d+: +(\\d+) +\\d+ +" + Pattern.quote(className) + "( |$)")
                .matcher(histogram);
        return line.find() ? Integer.parseInt(line.group(1)) : 0;
    }

    public double metaspaceMebibytes() throws IOException {
        for (MemoryPoolMXBean pool : ManagementFactory.getPlatformMXBeans(server, MemoryPoolMXBean.class)) {
            if (pool.getName().equals("Metaspace")) {
                return pool.getUsage().getUsed() / 1048576.0;
            }
        }
        return Double.NaN;
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
