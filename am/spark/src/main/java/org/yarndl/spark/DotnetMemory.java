package org.yarndl.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkConf;

/**
 * How much of a container is .NET's, and the settings that keep .NET within it. Without them it reserves more address space than
 * YARN's virtual-memory check allows.
 */
final class DotnetMemory {
  private static final long MIB = 1 << 20;
  /** What a JVM takes beside its heap. */
  private static final long JVM_OVERHEAD = 256 * MIB;
  /** Below this .NET does not start usefully. */
  private static final long LEAST = 256 * MIB;
  /** Address space of .NET with these settings, and of a JVM beside its heap; both measured, with a little to spare. */
  private static final long DOTNET_ADDRESSES = 3790 * MIB;
  private static final long JVM_ADDRESSES = 740 * MIB;
  private static final long WITHOUT_CONTAINER = 2048 * MIB;

  final long bytes;

  private DotnetMemory(long bytes) {
    this.bytes = bytes;
  }

  /** @param role driver or executor */
  static DotnetMemory of(SparkConf conf, String role) {
    String explicit = conf.get("spark.yarndl." + role + ".memory", "");
    if (!explicit.isEmpty()) {
      return new DotnetMemory(conf.getSizeAsBytes("spark.yarndl." + role + ".memory"));
    }
    // in client mode the driver is no container of YARN's
    boolean outside = role.equals("driver") && !conf.get("spark.submit.deployMode", "client").equals("cluster");
    if (outside || !conf.get("spark.master", "").startsWith("yarn")) {
      return new DotnetMemory(WITHOUT_CONTAINER);
    }
    String key = "spark." + role + ".memoryOverhead";
    long heap = conf.getSizeAsBytes("spark." + role + ".memory", "1g");
    long overhead = conf.contains(key) ? mebibytes(conf.get(key)) : Math.max(384 * MIB, heap / 10);
    long left = overhead - JVM_OVERHEAD;
    if (left < LEAST) {
      throw new RefusedException(6, "resources", "[memory] " + key + " is " + overhead / MIB + "m, which leaves .NET " + left / MIB
          + "m; at least " + (LEAST + JVM_OVERHEAD) / MIB + "m is needed; set " + key);
    }
    double ratio = conf.getDouble("spark.yarndl.vmemRatio", 2.1);
    long needed = (long) ((heap + JVM_ADDRESSES + DOTNET_ADDRESSES) / ratio) - heap;
    if (ratio > 0 && overhead < needed) {
      throw new RefusedException(6, "resources", "[memory] " + key + " is " + overhead / MIB + "m; YARN's virtual-memory check would kill a container below "
          + (heap + needed) / MIB + "m in all; set " + key + "=" + (needed / MIB + 1) + "m, or spark.yarndl.vmemRatio=0 where the check is off");
    }
    return new DotnetMemory(left);
  }

  /** Spark reads this setting in MiB when it has no unit. */
  private static long mebibytes(String text) {
    return new SparkConf(false).set("x", text.matches("\\d+") ? text + "m" : text).getSizeAsBytes("x");
  }

  /** Half of it is managed memory; the rest is tensors, images and sockets. */
  Map<String, String> environment() {
    Map<String, String> env = new LinkedHashMap<>();
    env.put("DOTNET_GCHeapHardLimit", "0x" + Long.toHexString(bytes / 2));
    env.put("DOTNET_GCRegionRange", "0x" + Long.toHexString(Math.max(bytes, 512 * MIB)));
    env.put("MALLOC_ARENA_MAX", "2");
    env.put("DOTNET_EnableDiagnostics", "0");
    return env;
  }
}
