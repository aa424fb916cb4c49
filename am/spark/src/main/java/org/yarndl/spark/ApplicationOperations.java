package org.yarndl.spark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.yarndl.bridge.ByteWriter;
import org.yarndl.bridge.OperationException;
import org.yarndl.bridge.Operations;
import org.yarndl.bridge.Session;

/** What the application is, and what it shows in Spark's pages: numbers 113 to 117. */
final class ApplicationOperations {
  static final int APPLICATION = 113;
  static final int DESCRIBE = 114;
  static final int DRIVER = 115;
  static final int SECRET = 116;
  static final int EMPTY_JOB = 117;

  private ApplicationOperations() {}

  static void add(SparkSession spark, WorkerSettings workers, Engine engine, Session session) {
    SparkContext context = spark.sparkContext();
    session
        .add(APPLICATION, (in, out) -> out.text(context.version()).text(context.master()).text(context.deployMode()).text(context.applicationId())
            .text(context.hadoopConfiguration().get("fs.defaultFS", "file:///")).i32(executors(context)).i32(attempt(context))
            .i64(System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime()))
        .add(DESCRIBE, (in, out) -> {
          String text = in.text();
          context.setJobDescription(text);
          engine.describe(text);
        })
        .add(DRIVER, (in, out) -> workers.driver(in.text(), in.text()))
        .add(EMPTY_JOB, (in, out) -> {
          int tasks = in.count(1 << 16);
          JavaSparkContext.fromSparkContext(context).parallelize(Collections.nCopies(tasks, 0), tasks).count();
        })
        .add(SECRET, (in, out) -> secret(context.hadoopConfiguration(), in.text(), out));
  }

  /** 1, and more when YARN started the application's master again. */
  static int attempt(SparkContext context) {
    scala.Option<String> id = context.applicationAttemptId();
    // a number on YARN; appattempt_... in some releases
    String text = id.isEmpty() ? "1" : id.get();
    String digits = text.substring(text.lastIndexOf('_') + 1);
    return digits.matches("[0-9]{1,6}") ? Math.max(1, Integer.parseInt(digits)) : 1;
  }

  /** From Hadoop's credential providers only: a plain text in a configuration file is no secret. */
  private static void secret(Configuration conf, String alias, ByteWriter out) throws OperationException {
    try {
      for (CredentialProvider provider : CredentialProviderFactory.getProviders(conf)) {
        CredentialProvider.CredentialEntry entry = provider.getCredentialEntry(alias);
        if (entry != null) {
          out.text(new String(entry.getCredential()));
          return;
        }
      }
    } catch (IOException e) {
      throw new OperationException(Operations.FAULT_DATA, 0, "[secret] " + alias + " cannot be read: " + e.getMessage() + "; look at hadoop.security.credential.provider.path", e);
    }
    throw new OperationException(Operations.FAULT_DATA, 0, "[secret] no credential provider holds " + alias
        + "; make it with `hadoop credential create " + alias + " -provider ...` and set spark.hadoop.hadoop.security.credential.provider.path", null);
  }

  /** Executors that are there now; in local mode the driver is the only one. */
  static int executors(SparkContext context) {
    return Math.max(1, context.statusTracker().getExecutorInfos().length - (context.isLocal() ? 0 : 1));
  }
}
