package dev.mergeway.schema;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Processor time of the current thread: what work costs, however busy the machine is. */
public final class CpuTime {
    private CpuTime() {}

    /** Processor time that the work takes on this thread. */
    public static Duration of(Runnable work) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.run();
        return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
    }
}
