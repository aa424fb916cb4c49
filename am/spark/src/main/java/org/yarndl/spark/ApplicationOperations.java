package org.yarndl.spark;

import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.yarndl.bridge.Session;

/** What the application is, and what it shows in Spark's pages: numbers 113 and 114. */
final class ApplicationOperations {
  static final int APPLICATION = 113;
  static final int DESCRIBE = 114;

  private ApplicationOperations() {}

  static void add(SparkSession spark, Session session) {
    SparkContext context = spark.sparkContext();
    session
        .add(APPLICATION, (in, out) -> out.text(context.version()).text(context.master()).text(context.deployMode()).text(context.applicationId())
            .text(context.hadoopConfiguration().get("fs.defaultFS", "file:///")).i32(executors(context)))
        .add(DESCRIBE, (in, out) -> context.setJobDescription(in.text()));
  }

  /** Executors that are there now; in local mode the driver is the only one. */
  static int executors(SparkContext context) {
    return Math.max(1, context.statusTracker().getExecutorInfos().length - (context.isLocal() ? 0 : 1));
  }
}
