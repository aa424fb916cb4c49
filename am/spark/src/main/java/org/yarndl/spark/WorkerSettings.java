package org.yarndl.spark;

import java.io.Serializable;
import java.util.Map;
import org.apache.spark.SparkConf;

/** How executors start their worker; travels with the tasks. */
final class WorkerSettings implements Serializable {
  private static final long serialVersionUID = 1;

  final String executable;
  final int cores;
  final long bytes;
  final Map<String, String> environment;
  final int startTimeout;
  final int replyTimeout;
  /** Hadoop's settings, for the worker's files. */
  final Map<String, String> hadoop;

  WorkerSettings(SparkConf conf, Map<String, String> hadoop) {
    DotnetMemory memory = DotnetMemory.of(conf, "executor");
    executable = conf.get("spark.yarndl.executable", null);
    cores = Math.max(1, conf.getInt("spark.executor.cores", 1));
    bytes = memory.bytes;
    environment = memory.environment();
    startTimeout = (int) conf.getTimeAsMs("spark.yarndl.worker.startTimeout", "60s");
    replyTimeout = (int) conf.getTimeAsMs("spark.yarndl.worker.replyTimeout", "10m");
    this.hadoop = hadoop;
  }
}
