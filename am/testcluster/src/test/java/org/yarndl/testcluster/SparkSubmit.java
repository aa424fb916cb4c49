package org.yarndl.testcluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** spark-submit of yarndl.jar in cluster mode, as a user types it. */
record SparkSubmit(int code, String log) {
  static SparkSubmit run(ClusterProcess cluster, String archive, String... args) throws Exception {
    String home = System.getenv("SPARK_HOME");
    List<String> command = new ArrayList<>(List.of(
        home + "/bin/spark-submit", "--master", "yarn", "--deploy-mode", "cluster", "--num-executors", "1",
        "--archives", archive + "#yarndl",
        "--conf", "spark.yarn.jars=local:" + home + "/jars/*",
        "--conf", "spark.driver.memoryOverhead=2100m", "--conf", "spark.executor.memoryOverhead=2100m",
        Path.of("../spark/target/yarndl.jar").toAbsolutePath().toString()));
    command.addAll(List.of(args));
    Path log = Files.createTempFile(cluster.folder, "submit", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(Map.of(
        "HADOOP_CONF_DIR", cluster.get("conf"), "SPARK_LOCAL_IP", "127.0.0.1", "SPARK_LOCAL_HOSTNAME", "localhost",
        "JAVA_HOME", System.getProperty("java.home"), "SPARK_SUBMIT_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"));
    Process process = builder.start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new java.io.IOException("spark-submit did not end\n" + Files.readString(log));
    }
    return new SparkSubmit(process.exitValue(), Files.readString(log));
  }
}
