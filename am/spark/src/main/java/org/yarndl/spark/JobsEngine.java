package org.yarndl.spark;

import java.util.List;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** One Spark job per step: openings and weights are broadcasts, orders and replies travel with the tasks. Public API only. */
final class JobsEngine implements Engine {
  private final JavaSparkContext spark;
  private final WorkerSettings settings;
  private String session = "";
  private Broadcast<byte[][]> opening;
  private Broadcast<byte[]> weights;
  private long version = -1;
  private volatile String description;
  private final WorkTotals totals;

  JobsEngine(JavaSparkContext spark, WorkerSettings settings) {
    this.spark = spark;
    this.settings = settings;
    totals = new WorkTotals(spark.sc());
  }

  @Override
  public int workers() {
    return ApplicationOperations.executors(spark.sc());
  }

  @Override
  public void open(byte[][] frames) {
    drop(opening);
    drop(weights);
    weights = null;
    version = -1;
    opening = spark.broadcast(frames);
    session = UUID.randomUUID().toString();
  }

  @Override
  public WorkerCall call() {
    spark.sc().setJobDescription(description);
    return new WorkerCall(settings, session, opening, totals);
  }

  @Override
  public List<byte[]> run(long wantedVersion, byte[] frame, List<byte[]> orders) {
    if (frame != null && wantedVersion != version) {
      drop(weights);
      weights = spark.broadcast(frame);
      version = wantedVersion;
    } else if (wantedVersion >= 0 && wantedVersion != version) {
      throw new IllegalStateException("[engine] weights of version " + wantedVersion + " were never given; " + version + " is here");
    }
    // locals, so that the closure holds no engine
    spark.sc().setJobDescription(description);
    WorkerSettings s = settings;
    String name = session;
    Broadcast<byte[][]> open = opening;
    Broadcast<byte[]> w = weights;
    WorkTotals t = totals;
    return spark.parallelize(orders, orders.size())
        .map(order -> t.of(() -> ExecutorWorker.run(s, name, open::value, wantedVersion, () -> w.value(), order)))
        .collect();
  }

  @Override
  public void describe(String text) {
    description = text;
  }

  @Override
  public String overhead() {
    return spark.getConf().get("spark.executor.memoryOverhead", "not set");
  }

  private static void drop(Broadcast<?> broadcast) {
    if (broadcast != null) {
      broadcast.destroy();
    }
  }

  @Override
  public void close() {
    drop(opening);
    drop(weights);
    opening = null;
    weights = null;
  }
}
