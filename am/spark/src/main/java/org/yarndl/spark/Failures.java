package org.yarndl.spark;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkEnv;
import org.yarndl.bridge.ByteWriter;
import org.yarndl.bridge.Frame;
import org.yarndl.bridge.OperationException;
import org.yarndl.bridge.Operations;

/** Failures told as a worker tells them, and what Spark says of lost containers, in words that name the setting to raise. */
final class Failures {
  /** Numbers of .NET's TrainingFault. */
  static final int JOB = 0;
  static final int GAVE_UP = 1;
  static final int RESOURCES = 2;

  private static final Pattern FILE = Pattern.compile("while reading file (\\S+?)\\.(?:\\s|$)");

  /** "(host executor 1): org.example.SomeException: " before what it says. */
  private static final Pattern CLASS = Pattern.compile("^(?:.*executor [a-z0-9]+\\): )?[a-z][A-Za-z0-9_$]*(?:\\.[A-Za-z0-9_$]+)+: ");

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

  /** A failed Spark job that reads or writes rows: lost executors are the cluster's fault, all else is the input's. */
  static OperationException ofRows(String text, Exception cause) {
    if (text.contains("ExecutorLostFailure")) {
      return new OperationException(Operations.FAULT_TRAINING, isMemory(text) ? RESOURCES : GAVE_UP, explain(text, overhead()), cause);
    }
    Matcher file = FILE.matcher(text);
    String root = root(text);
    return new OperationException(Operations.FAULT_DATA, 0, "[lake] " + (file.find() ? file.group(1) + ": " : "") + root, cause);
  }

  private static String overhead() {
    return SparkEnv.get() == null ? "not set" : SparkEnv.get().conf().get("spark.executor.memoryOverhead", "not set");
  }

  /** The first cause of a failed job, without the names of tasks and classes. */
  static String root(String text) {
    int at = text.lastIndexOf("Caused by: ");
    String line = firstLine(at >= 0 ? text.substring(at + "Caused by: ".length()) : text);
    Matcher named = CLASS.matcher(line);
    return named.find() ? line.substring(named.end()) : line;
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
