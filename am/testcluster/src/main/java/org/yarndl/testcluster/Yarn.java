package org.yarndl.testcluster;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/** A ResourceManager and NodeManagers that kill containers over their memory, as production clusters do. */
final class Yarn {
  private Yarn() {}

  static MiniYARNCluster start(ClusterOptions options, MiniDFSCluster dfs) throws Exception {
    YarnConfiguration conf = new YarnConfiguration(dfs.getConfiguration(0));
    conf.set("fs.defaultFS", dfs.getURI().toString());
    queues(conf);
    nodes(conf, options);
    TestCluster.set(conf, options);
    MiniYARNCluster yarn = new MiniYARNCluster("yarn", options.nodeManagers, 1, 1);
    yarn.init(conf);
    yarn.start();
    if (!yarn.waitForNodeManagersToConnect(60_000)) {
      throw new java.io.IOException("the NodeManagers did not connect within 60 s");
    }
    TestCluster.await("the ResourceManager", 60, () -> !yarn.getConfig().get(YarnConfiguration.RM_ADDRESS).endsWith(":0"));
    return yarn;
  }

  /** The minicluster jar holds no capacity-scheduler.xml. */
  private static void queues(Configuration conf) {
    String queue = "yarn.scheduler.capacity.root.default.";
    conf.set("yarn.scheduler.capacity.root.queues", "default");
    conf.set(queue + "capacity", "100");
    conf.set(queue + "maximum-capacity", "100");
    conf.set(queue + "user-limit-factor", "1");
    conf.set(queue + "state", "RUNNING");
    conf.set(queue + "acl_submit_applications", "*");
    conf.set(queue + "acl_administer_queue", "*");
    conf.set("yarn.scheduler.capacity.maximum-am-resource-percent", "0.8");
    conf.set("yarn.scheduler.capacity.node-locality-delay", "-1");
    conf.set("yarn.scheduler.capacity.resource-calculator", "org.apache.hadoop.yarn.util.resource.DominantResourceCalculator");
  }

  private static void nodes(Configuration conf, ClusterOptions options) {
    conf.setInt(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, options.minimumMb);
    conf.setInt(YarnConfiguration.RM_SCHEDULER_MAXIMUM_ALLOCATION_MB, options.nodeMemoryMb);
    conf.setInt(YarnConfiguration.RM_SCHEDULER_MAXIMUM_ALLOCATION_VCORES, options.nodeCores);
    // MiniYARNCluster overwrites yarn.nodemanager.resource.memory-mb with its own setting
    conf.setInt(YarnConfiguration.YARN_MINICLUSTER_NM_PMEM_MB, options.nodeMemoryMb);
    conf.setInt(YarnConfiguration.NM_VCORES, options.nodeCores);
    conf.setFloat("yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", 100f);
    // both memory checks need the first two: MiniYARNCluster turns monitoring off, and "enforced" leaves limits to cgroups
    conf.setBoolean("yarn.minicluster.control-resource-monitoring", true);
    conf.setBoolean("yarn.nodemanager.resource.memory.enforced", false);
    conf.setBoolean(YarnConfiguration.NM_PMEM_CHECK_ENABLED, true);
    conf.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, options.virtualMemoryCheck);
    conf.setInt("yarn.nodemanager.container-monitor.interval-ms", 500);
    conf.setInt(YarnConfiguration.DEBUG_NM_DELETE_DELAY_SEC, 600);
    conf.setInt("yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", 200);
    conf.setBoolean("yarn.log-aggregation-enable", true);
    conf.set("yarn.nodemanager.remote-app-log-dir", "/tmp/logs");
  }
}
