package org.yarndl.spark;

import org.yarndl.bridge.ByteWriter;
import org.yarndl.bridge.Frame;
import org.yarndl.bridge.Operations;

/** Failures told as a worker tells them, and what Spark says of lost containers, in words that name the setting to raise. */
final class Failures {
  /** Numbers of .NET's TrainingFault. */
  static final int JOB = 0;
  static final int GAVE_UP = 1;
  static final int RESOURCES = 2;

  private Failures() {}

  /** A reply frame that says why nothing was computed; not repeated by Spark. */
  static byte[] frame(String message) {
    return new Frame(Operations.FAILED, new ByteWriter().i32(Operations.FAULT_TRAINING).i32(JOB).text(message).toArray(), new byte[0]).bytes();
  }

  /** True when YARN took the container for its memory. */
  static boolean isMemory(String text) {
    return text.contains("physical memory") || text.contains("virtual memory") || text.contains("memoryOverhead") || text.contains("'PHYSICAL'")
        || text.contains("'VIRTUAL'") || text.contains("OutOfMemoryError");
  }

  /** What Spark says after all attempts of a task, in one line, with the setting that helps. */
  static String explain(String text, String overhead) {
    if (!isMemory(text)) {
      return "[engine] " + firstLine(text);
    }
    boolean virtual = text.contains("virtual memory") || text.contains("'VIRTUAL'");
    return "[memory] executors were killed for their memory, spark.executor.memoryOverhead is " + overhead + ": " + line(text) + "; raise spark.executor.memoryOverhead"
        + (virtual ? ", or switch yarn.nodemanager.vmem-check-enabled off" : ", or lower train.batchSize");
  }

  private static String firstLine(String text) {
    int line = text.indexOf('\n');
    return line < 0 ? text : text.substring(0, line);
  }

  /** The part of it that speaks of the container: which, where, how much. */
  private static String line(String text) {
    for (String sentence : text.split("\n")) {
      int reason = sentence.indexOf("Reason: ");
      if (reason >= 0) {
        return sentence.substring(reason + 8);
      }
    }
    return firstLine(text);
  }
}
