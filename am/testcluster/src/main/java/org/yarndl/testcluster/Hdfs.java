package org.yarndl.testcluster;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** A NameNode and DataNodes with the folders that every user may write into. */
final class Hdfs {
  private Hdfs() {}

  static MiniDFSCluster start(ClusterOptions options, Kerberos kerberos) throws Exception {
    Configuration conf = new Configuration();
    conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, options.folder.resolve("dfs").toString());
    conf.set("hadoop.tmp.dir", options.folder.resolve("tmp").toString());
    conf.setInt("dfs.replication", Math.min(2, options.dataNodes));
    if (kerberos != null) {
      kerberos.secure(conf);
      kerberos.login();
    }
    TestCluster.set(conf, options);
    MiniDFSCluster dfs = new MiniDFSCluster.Builder(conf).numDataNodes(options.dataNodes).format(true).build();
    dfs.waitActive();
    FileSystem files = dfs.getFileSystem();
    for (String folder : new String[] {"/tmp", "/user", "/apps", "/user/hive/warehouse"}) {
      files.mkdirs(new Path(folder));
      files.setPermission(new Path(folder), new FsPermission((short) 01777));
    }
    return dfs;
  }
}
