package org.yarndl.spark;

import java.io.Serializable;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
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
  /** Release and kernel set of the driver; empty until it told them. */
  private String release = "";
  private String kernelSet = "";

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

  /** Hadoop's, on an executor. */
  Configuration configuration() {
    Configuration conf = new Configuration();
    hadoop.forEach(conf::set);
    return conf;
  }

  void driver(String itsRelease, String itsKernelSet) {
    release = itsRelease;
    kernelSet = itsKernelSet;
  }

  /** Why a worker may not compute for this driver: other arithmetic gives other bits. Null when it may. */
  String difference(String[] worker) {
    if (kernelSet.isEmpty() || (release.equals(worker[0]) && kernelSet.equals(worker[1]))) {
      return null;
    }
    return "[worker] the worker is yarndl " + worker[0] + " with kernel set " + worker[1] + ", the driver " + release + " with " + kernelSet
        + "; give driver and executors the same bundle (--archives, YARNDL_HOME on the nodes)";
  }
}
