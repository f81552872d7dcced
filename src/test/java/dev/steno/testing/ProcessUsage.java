package dev.steno.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What a process uses, as the operating system counts it. */
public final class ProcessUsage {
    private final ProcessHandle process;

    public ProcessUsage(ProcessHandle process) {
        this.process = process;
    }

    public Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Resident memory in MiB; -1 where there is no {@code /proc}. */
    public int residentMebibytes() {
        long kibibytes = status("VmRSS:");
        return kibibytes < 0 ? -1 : Math.toIntExact(kibibytes / 1_024);
    }

    /** Of the machine; empty where there is no {@code /proc}. */
    public static String processorName() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.exists(file)) {
            return "";
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** Threads; -1 where there is no {@code /proc}. */
    public long threads() {
        return status("Threads:");
    }

    private long status(String name) {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return -1;
        }
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            return -1; // it has just ended
        }
    }
}
