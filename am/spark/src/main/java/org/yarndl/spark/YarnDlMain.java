package org.yarndl.spark;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yarndl.bridge.FileOperations;
import org.yarndl.bridge.HadoopFiles;
import org.yarndl.bridge.Session;

/**
 * The application: makes the Spark context, starts the .NET driver with the given arguments, and ends as it ended. The context comes
 * first: an application that ends before has no outcome but code 13.
 */
public final class YarnDlMain {
  private static final Logger LOG = LoggerFactory.getLogger(YarnDlMain.class);

  private YarnDlMain() {}

  public static void main(String[] args) throws Exception {
    SparkConf conf = Settings.apply(new SparkConf());
    SparkSession spark = SparkSession.builder().config(conf).getOrCreate();
    Outcome outcome = run(spark, args);
    if (outcome.code == 0) {
      spark.stop();
    } else if (spark.sparkContext().deployMode().equals("cluster")) {
      throw new JobFailedException(outcome);
    } else {
      LOG.error("[job] {}", outcome);
      throw SparkExit.withCode(outcome.code);
    }
  }

  /** The whole job on an existing session, which stays open. */
  static Outcome run(SparkSession spark, String[] args) throws Exception {
    FinishedAttempt attempt = FinishedAttempt.in(System.getenv("SPARK_YARN_STAGING_DIR"), spark.sparkContext().hadoopConfiguration());
    Outcome earlier = attempt == null ? null : attempt.read();
    if (earlier != null) {
      LOG.error("[job] an earlier attempt of this application ended for good; not run again");
      return earlier;
    }
    Outcome outcome;
    try {
      outcome = drive(spark, args);
    } catch (RefusedException e) {
      outcome = e.outcome;
    }
    if (attempt != null && outcome.isFinal()) {
      attempt.write(outcome);
    }
    return outcome;
  }

  private static Outcome drive(SparkSession spark, String[] args) throws Exception {
    SparkConf conf = spark.sparkContext().getConf();
    String problem = OwnKeys.problem(conf);
    if (problem != null) {
      throw new RefusedException(2, "job", problem);
    }
    DotnetMemory memory = DotnetMemory.of(conf, "driver");
    WorkerSettings workers = new WorkerSettings(conf, hadoop(conf));
    Bundle bundle = Bundle.find(conf.get("spark.yarndl.executable", null));
    LOG.info("[conf] .NET memory: driver {} MiB, executor {} MiB; {}", memory.bytes >> 20, workers.bytes >> 20, OwnKeys.inForce(conf));
    Engine engine = new JobsEngine(JavaSparkContext.fromSparkContext(spark.sparkContext()), workers);
    HadoopFiles files = new HadoopFiles(spark.sparkContext().hadoopConfiguration());
    int cores = Math.max(1, conf.getInt("spark.driver.cores", 1));
    Consumer<Session> operations = session -> {
      FileOperations.add(files, session);
      TableOperations.add(spark, session);
      ApplicationOperations.add(spark, workers, engine, session);
      EngineOperations.add(engine, session);
      PartOperations.add(spark, engine, workers, session);
    };
    try (DriverProcess driver = new DriverProcess(bundle.executable(), Arrays.asList(args), cores, memory, operations)) {
      Thread hook = new Thread(driver::kill, "yarndl-kill-driver");
      Runtime.getRuntime().addShutdownHook(hook);
      Outcome outcome = driver.outcome();
      remove(hook);
      engine.close();
      // in local mode the executor is this JVM
      ExecutorWorker.end();
      return outcome;
    }
  }

  /** What the user set for Hadoop by Spark's settings; the rest lies in the nodes' own files. */
  private static Map<String, String> hadoop(SparkConf conf) {
    Map<String, String> set = new LinkedHashMap<>();
    for (scala.Tuple2<String, String> e : conf.getAll()) {
      if (e._1().startsWith("spark.hadoop.")) {
        set.put(e._1().substring("spark.hadoop.".length()), e._2());
      }
    }
    return set;
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the JVM is ending
    }
  }
}
