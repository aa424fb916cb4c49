package org.yarndl.spark;

/** Ends spark-submit in client mode with a code of ours, without System.exit. */
final class SparkExit {
  private SparkExit() {}

  /** Spark's own exception for this; where a release lacks it, an exception that gives code 1. */
  static Exception withCode(int code) {
    try {
      // private to Spark in Scala, public in bytecode
      return (Exception) Class.forName("org.apache.spark.SparkUserAppException").getConstructor(int.class).newInstance(code);
    } catch (ReflectiveOperationException | ClassCastException e) {
      return new IllegalStateException("exit " + code, e);
    }
  }
}
