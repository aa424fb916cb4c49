package org.yarndl.spark;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.api.protocolrecords.GetApplicationsRequest;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.NodeReport;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.ApplicationNotFoundException;
import org.apache.hadoop.yarn.logaggregation.ContainerLogsRequest;
import org.apache.hadoop.yarn.logaggregation.LogCLIHelpers;

/**
 * What `yarndl submit`, `status`, `logs` and `kill` ask of a cluster, through spark-submit --master local so that Kerberos logins and proxy
 * users work as for the application. No Spark context. Each answer is a line "YARNDL name value...", tabs between.
 *
 * <pre>
 * prepare BUNDLE FOLDER QUEUE     uploads the bundle once by its content, and tells sizes of the cluster
 * follow TAG FILE                 tells each change of the application with this tag until its end, then what lies in the outcome file
 * tagged TAG                      the application with this tag
 * find RUN | kill RUN | logs RUN  by run id (a tag of the application) or application id
 * </pre>
 */
public final class ClusterTool {
  /** YARN keeps tags in lower case. */
  static final String TAG = "yarndl-run:";

  private static final int MOST_OUTCOME = 1 << 20;
  /** Milliseconds. */
  private static final int POLL = 500;
  private static final int KILL_POLLS = 60;
  private static final int LOG_POLLS = 30;
  private static final int LATEST_LOGS = 120_000;

  private final Configuration conf = new YarnConfiguration();

  private ClusterTool() {}

  public static void main(String[] args) throws Exception {
    ClusterTool tool = new ClusterTool();
    switch (args.length == 0 ? "" : args[0]) {
      case "prepare": tool.prepare(new File(args[1]), args[2], args[3]); break;
      case "follow": tool.follow(args[1], args[2]); break;
      case "tagged": tool.tagged(args[1]); break;
      case "find": tool.find(args[1]); break;
      case "kill": tool.kill(args[1]); break;
      case "logs": tool.logs(args[1]); break;
      default: throw new IllegalArgumentException("prepare, follow, tagged, find, kill or logs");
    }
  }

  private static void say(String name, Object... values) {
    StringBuilder line = new StringBuilder("YARNDL ").append(name);
    for (Object v : values) {
      line.append('\t').append(String.valueOf(v).replace('\t', ' ').replace('\n', ' ').replace('\r', ' '));
    }
    System.out.println(line);
  }

  private YarnClient yarn() {
    YarnClient client = YarnClient.createYarnClient();
    client.init(conf);
    client.start();
    return client;
  }

  private void prepare(File bundle, String name, String queue) throws Exception {
    try (YarnClient yarn = yarn()) {
      long memory = 0;
      int cores = 0;
      int nodes = 0;
      for (NodeReport node : yarn.getNodeReports(NodeState.RUNNING)) {
        nodes++;
        memory = Math.max(memory, node.getCapability().getMemorySize());
        cores = Math.max(cores, node.getCapability().getVirtualCores());
      }
      // what one container may have, and what one has here
      long allowed = conf.getLong(YarnConfiguration.RM_SCHEDULER_MAXIMUM_ALLOCATION_MB, YarnConfiguration.DEFAULT_RM_SCHEDULER_MAXIMUM_ALLOCATION_MB);
      say("nodes", nodes, Math.min(memory, allowed), cores, conf.getLong(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, 1024));
      say("queue", queue.isEmpty() || yarn.getQueueInfo(queue) != null);
      say("vmem", conf.getBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, true) ? conf.getFloat(YarnConfiguration.NM_VMEM_PMEM_RATIO, 2.1f) : 0);
    }
    FileSystem store = FileSystem.get(conf);
    Path folder = new Path(store.getHomeDirectory(), ".yarndl/bundles");
    say("user", UserGroupInformation.getCurrentUser().getShortUserName());
    say("bundle", upload(store, bundle, new Path(folder, name)));
  }

  /** Once by its name, which says the content; whoever is first wins. */
  private static Path upload(FileSystem store, File bundle, Path target) throws IOException {
    Path full = store.makeQualified(target);
    try {
      if (store.getFileStatus(full).getLen() == bundle.length()) {
        return full;
      }
      throw new IOException(full + " has another length than the bundle; delete it");
    } catch (FileNotFoundException e) {
      // the first time
    }
    store.mkdirs(full.getParent());
    Path part = new Path(full.getParent(), full.getName() + "." + java.util.UUID.randomUUID() + ".part");
    store.deleteOnExit(part);
    store.copyFromLocalFile(false, true, new Path(bundle.toURI()), part);
    if (!store.rename(part, full) && !store.exists(full)) {
      throw new FileAlreadyExistsException(full + " could not be made");
    }
    return full;
  }

  private void tagged(String tag) throws Exception {
    try (YarnClient yarn = yarn()) {
      for (ApplicationReport r : withTag(yarn, tag)) {
        tell(r);
      }
    }
  }

  private void follow(String tag, String file) throws Exception {
    try (YarnClient yarn = yarn()) {
      List<ApplicationReport> found = withTag(yarn, tag);
      if (found.isEmpty()) {
        return;
      }
      ApplicationReport r = found.get(0);
      String before = "";
      while (true) {
        String now = r.getYarnApplicationState() + " " + (r.getCurrentApplicationAttemptId() == null ? 0 : r.getCurrentApplicationAttemptId().getAttemptId());
        if (!now.equals(before)) {
          tell(r);
          before = now;
        }
        if (isOver(r)) {
          break;
        }
        Thread.sleep(POLL);
        r = yarn.getApplicationReport(r.getApplicationId());
      }
      removeStaging(r);
    }
    if (!file.isEmpty()) {
      Path path = new Path(file);
      FileSystem store = path.getFileSystem(conf);
      if (store.exists(path)) {
        byte[] bytes = new byte[(int) Math.min(MOST_OUTCOME, store.getFileStatus(path).getLen())];
        try (FSDataInputStream in = store.open(path)) {
          in.readFully(bytes);
        }
        say("outcome", new String(bytes, StandardCharsets.UTF_8).trim());
      }
    }
  }

  private static void tell(ApplicationReport r) {
    say("application", r.getApplicationId(), r.getYarnApplicationState(), r.getFinalApplicationStatus(), r.getUser(), r.getQueue(), r.getStartTime(), r.getFinishTime(),
        r.getCurrentApplicationAttemptId() == null ? 0 : r.getCurrentApplicationAttemptId().getAttemptId(), r.getTrackingUrl(), r.getName(), r.getDiagnostics());
  }

  private static List<ApplicationReport> withTag(YarnClient yarn, String tag) throws Exception {
    GetApplicationsRequest request = GetApplicationsRequest.newInstance();
    request.setApplicationTags(Collections.singleton(tag.toLowerCase(Locale.ROOT)));
    List<ApplicationReport> reports = new ArrayList<>(yarn.getApplications(request));
    reports.sort((a, b) -> b.getApplicationId().compareTo(a.getApplicationId()));
    return reports;
  }

  /** Spark's own upload of the application; its master removes it, but not when it is killed. */
  private void removeStaging(ApplicationReport r) throws IOException {
    FileSystem store = FileSystem.get(conf);
    Path folder = new Path(store.getHomeDirectory(), ".sparkStaging/" + r.getApplicationId());
    if (r.getUser().equals(UserGroupInformation.getCurrentUser().getShortUserName())) {
      store.delete(folder, true);
    }
  }

  /** Newest first. */
  private static List<ApplicationReport> found(YarnClient yarn, String run) throws Exception {
    List<ApplicationReport> reports = new ArrayList<>();
    if (run.matches("application_[0-9]+_[0-9]+")) {
      try {
        reports.add(yarn.getApplicationReport(ApplicationId.fromString(run)));
      } catch (ApplicationNotFoundException e) {
        // told by the empty list
      }
      return reports;
    }
    return withTag(yarn, TAG + run);
  }

  private static boolean isOver(ApplicationReport r) {
    return Arrays.asList(YarnApplicationState.FINISHED, YarnApplicationState.FAILED, YarnApplicationState.KILLED).contains(r.getYarnApplicationState());
  }

  private void find(String run) throws Exception {
    try (YarnClient yarn = yarn()) {
      for (ApplicationReport r : found(yarn, run)) {
        tell(r);
      }
    }
  }

  private void kill(String run) throws Exception {
    try (YarnClient yarn = yarn()) {
      for (ApplicationReport r : found(yarn, run)) {
        if (!isOver(r)) {
          yarn.killApplication(r.getApplicationId(), "killed by yarndl kill " + run);
          say("killed", r.getApplicationId());
          ApplicationReport now = r;
          for (int i = 0; i < KILL_POLLS && !isOver(now); i++) {
            Thread.sleep(POLL);
            now = yarn.getApplicationReport(r.getApplicationId());
          }
          removeStaging(r);
        }
        tell(r);
      }
    }
  }

  /** The collected logs of the newest; they are there after its end. */
  private void logs(String run) throws Exception {
    try (YarnClient yarn = yarn()) {
      List<ApplicationReport> reports = found(yarn, run);
      if (reports.isEmpty()) {
        return;
      }
      ApplicationReport r = reports.get(0);
      tell(r);
      ContainerLogsRequest request = new ContainerLogsRequest();
      request.setAppId(r.getApplicationId());
      request.setAppOwner(r.getUser());
      request.setAppFinished(isOver(r));
      // none named = all of them
    request.setLogTypes(Collections.emptySet());
      request.setBytes(Long.MAX_VALUE);
      request.setContainerState(org.apache.hadoop.yarn.api.records.ContainerState.COMPLETE);
      LogCLIHelpers logs = new LogCLIHelpers();
      logs.setConf(conf);
      int code = logs.dumpAllContainersLogs(request);
      // the nodes collect them a moment after the end
      for (int i = 0; i < LOG_POLLS && code != 0 && isOver(r) && System.currentTimeMillis() - r.getFinishTime() < LATEST_LOGS; i++) {
        Thread.sleep(2 * POLL);
        code = logs.dumpAllContainersLogs(request);
      }
      say("logs", code);
    }
  }
}
