package org.yarndl.testcluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterIT {
  @Test
  void a_cluster_keeps_files_while_it_runs_and_leaves_no_process(@TempDir Path folder) throws Exception {
    String home = System.getenv("SPARK_HOME");
    Assumptions.assumeTrue(home != null, "SPARK_HOME is not set");
    ClusterProcess cluster = ClusterProcess.start(folder, "--metastore", home + "/jars");
    try (cluster) {
      FileSystem files = FileSystem.get(new URI(cluster.get("fs")), new Configuration());
      org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path("/tmp/a");
      try (FSDataOutputStream out = files.create(path)) {
        out.writeLong(42);
      }
      try (FSDataInputStream in = files.open(path)) {
        assertEquals(42, in.readLong());
      }
      // the cluster and its metastore
      assertEquals(2, cluster.processes().size());
    }
    assertEquals(List.of(), cluster.processes());
  }
}
