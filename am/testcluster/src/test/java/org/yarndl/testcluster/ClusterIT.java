package org.yarndl.testcluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application on a real YARN, with a stand-in for the .NET driver. */
class ClusterIT {
  @TempDir static Path folder;
  private static ClusterProcess cluster;
  private static FileSystem files;

  @BeforeAll
  static void start() throws Exception {
    String home = System.getenv("SPARK_HOME");
    Assumptions.assumeTrue(home != null, "SPARK_HOME is not set");
    cluster = ClusterProcess.start(folder, "--metastore", home + "/jars");
    files = FileSystem.get(new URI(cluster.get("fs")), new Configuration());
    files.copyFromLocalFile(new org.apache.hadoop.fs.Path(bundle().toString()), hdfs("/apps/yarndl.tgz"));
  }

  @AfterAll
  static void nothing_runs_after_the_clusters_end() throws Exception {
    if (cluster != null) {
      TestCluster.await("the end of every container", 30, () -> cluster.processes().stream().noneMatch(p -> p.contains("container_")));
      // the cluster and its metastore
      assertEquals(2, cluster.processes().size(), () -> String.join("\n", cluster.processes()));
      cluster.close();
      assertEquals(List.of(), cluster.processes());
    }
  }

  private static org.apache.hadoop.fs.Path hdfs(String path) {
    return new org.apache.hadoop.fs.Path(cluster.get("fs") + path);
  }

  /** A bundle whose yarndl speaks over the bridge as the .NET driver does; its mode is not executable. */
  private static Path bundle() throws Exception {
    String classes = String.join(File.pathSeparator,
        Path.of("../spark/target/test-classes").toAbsolutePath().toString(), Path.of("../spark/target/yarndl.jar").toAbsolutePath().toString());
    String flags = " -Xmx64m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:CompressedClassSpaceSize=32m -XX:ReservedCodeCacheSize=32m ";
    Files.writeString(folder.resolve("yarndl"),
        "#!/bin/sh\nexec " + ClusterProcess.java() + flags + "-cp '" + classes + "' org.yarndl.spark.FakeDriver \"$@\"\n");
    Path archive = folder.resolve("yarndl.tgz");
    int code = new ProcessBuilder("tar", "czf", archive.toString(), "-C", folder.toString(), "yarndl").start().waitFor();
    assertEquals(0, code);
    return archive;
  }

  @Test
  void the_driver_in_the_application_master_writes_to_hdfs_and_the_application_succeeds() throws Exception {
    SparkSubmit submit = SparkSubmit.run(cluster, cluster.get("fs") + "/apps/yarndl.tgz", "write", "/tmp/made");
    assertEquals(0, submit.code(), submit.log());
    byte[] bytes = new byte[2];
    try (FSDataInputStream in = files.open(hdfs("/tmp/made"))) {
      in.readFully(bytes);
    }
    assertEquals("ok", new String(bytes));
  }

  @Test
  void a_job_that_cannot_succeed_tells_yarn_why_and_its_second_attempt_does_not_run_it_again() throws Exception {
    SparkSubmit submit = SparkSubmit.run(cluster, cluster.get("fs") + "/apps/yarndl.tgz", "failOnce", "/tmp/ran", "4", "false", "[rows] 7 bad rows; raise onBadRow.max");
    assertEquals(1, submit.code());
    assertTrue(submit.log().contains("exit 4 (badRows): [rows] 7 bad rows; raise onBadRow.max"), submit.log());
    assertFalse(submit.log().contains("ran a second time"), submit.log());
  }
}
