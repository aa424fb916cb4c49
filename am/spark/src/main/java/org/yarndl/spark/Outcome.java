package org.yarndl.spark;

import org.yarndl.bridge.ByteReader;
import org.yarndl.bridge.ByteWriter;

/**
 * How the .NET driver ended: the code, whether the same job may succeed when run again, the code's name as `yarndl exit-codes` prints
 * it, and the message with cause and next step.
 */
final class Outcome {
  final int code;
  private final boolean retryable;
  final String name;
  final String message;

  Outcome(int code, boolean retryable, String name, String message) {
    this.code = code;
    this.retryable = retryable;
    this.name = name;
    this.message = message;
  }

  static Outcome read(ByteReader in) {
    return new Outcome(in.i32(), in.u8() != 0, in.text(), in.text());
  }

  byte[] bytes() {
    return new ByteWriter().i32(code).u8(retryable ? 1 : 0).text(name).text(message).toArray();
  }

  /** The process's exit code decides; what it told explains it. */
  static Outcome of(int exitCode, Outcome told) {
    if (told != null && told.code == exitCode) {
      return told;
    } else if (exitCode > 128) {
      return new Outcome(exitCode, true, "killed", "the .NET driver was ended by signal " + (exitCode - 128)
          + (exitCode == 137 ? "; look for an out-of-memory kill; raise spark.driver.memoryOverhead" : "; see the driver's log"));
    }
    // 1 is the code of an unhandled fault: without a word before it, the next attempt would meet it too
    return new Outcome(exitCode, false, "see yarndl exit-codes", "the .NET driver ended with code " + exitCode + "; see the driver's log");
  }

  /** A second attempt of the application would end the same way. */
  boolean isFinal() {
    return code != 0 && !retryable;
  }

  /** What YARN shows as diagnostics. */
  @Override
  public String toString() {
    return "exit " + code + " (" + name + "): " + message;
  }
}
