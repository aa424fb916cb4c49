package org.yarndl.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YarnDlMainTest {
  @TempDir Path folder;

  private Outcome run(String... args) throws Exception {
    Path script = FakeDriver.script(folder);
    try (SparkSession spark = LocalSpark.start("spark.yarndl.executable", script.toString())) {
      return YarnDlMain.run(spark, args);
    }
  }

  @Test
  void the_driver_gets_its_arguments_and_writes_files_over_the_bridge() throws Exception {
    Outcome outcome = run("write", "file:" + folder.resolve("made"));
    assertEquals(0, outcome.code, outcome.message);
    assertEquals("ok", new String(Files.readAllBytes(folder.resolve("made"))));
  }

  @Test
  void the_drivers_code_and_message_become_the_outcome() throws Exception {
    Outcome outcome = run("fail", "4", "false", "[rows] 7 bad rows; at most 3 are allowed; raise onBadRow.max");
    assertEquals("exit 4 (badRows): [rows] 7 bad rows; at most 3 are allowed; raise onBadRow.max", outcome.toString());
    assertTrue(outcome.isFinal());
    assertEquals(0, new JobFailedException(outcome).getStackTrace().length);
  }

  @Test
  void spark_submit_in_client_mode_gets_the_code() {
    Exception e = SparkExit.withCode(20);
    assertEquals("org.apache.spark.SparkUserAppException", e.getClass().getName());
    assertTrue(e.getMessage().contains("20"));
  }

  @Test
  void a_driver_that_was_killed_may_be_tried_again_and_one_that_told_another_code_is_judged_by_its_end() {
    assertFalse(Outcome.of(137, null).isFinal());
    assertTrue(Outcome.of(137, null).toString().contains("memoryOverhead"));
    Outcome told = new Outcome(0, false, "done", "");
    assertEquals(139, Outcome.of(139, told).code);
    assertTrue(Outcome.of(2, null).isFinal());
  }

  @Test
  void an_attempt_that_ended_for_good_is_remembered_and_one_that_did_not_is_not() throws Exception {
    assertNull(FinishedAttempt.in(null, new Configuration()));
    FinishedAttempt attempt = FinishedAttempt.in(folder.toString(), new Configuration());
    assertNull(attempt.read());
    attempt.write(new Outcome(3, false, "input", "no table"));
    assertEquals("exit 3 (input): no table", attempt.read().toString());
    assertTrue(attempt.read().isFinal());
  }

  @Test
  void a_bundle_that_is_not_there_is_told_with_the_places_looked_at() {
    RefusedException e = assertThrows(RefusedException.class, () -> Bundle.find("no-such-program"));
    assertTrue(e.getMessage().contains("--archives"), e.getMessage());
    assertNotNull(e.getMessage());
  }

  @Test
  void the_bundle_of_the_first_place_is_taken() throws Exception {
    Path spark = folder.resolve("spark/yarndl");
    Path working = folder.resolve("working/yarndl");
    Path beside = folder.resolve("jar/yarndl");
    Path jar = folder.resolve("jar");
    Path home = folder.resolve("home");
    List<File> folders = Bundle.folders(folder.resolve("spark").toFile(), folder.resolve("working").toFile(), jar.toFile(), home.toString());
    for (Path place : new Path[] {spark, working, beside, home}) {
      Files.createDirectories(place);
      Files.write(place.resolve("own-code"), new byte[0]);
    }
    Files.write(jar.resolve("own-code"), new byte[0]);
    for (Path place : new Path[] {spark, working, beside, jar, home}) {
      File found = Bundle.find("own-code", folders).executable();
      assertEquals(place.resolve("own-code").toFile(), found);
      assertTrue(found.canExecute());
      Files.delete(found.toPath());
    }
    assertTrue(assertThrows(RefusedException.class, () -> Bundle.find("own-code", folders)).getMessage().contains("YARNDL_HOME"));
  }

  @Test
  void thousands_of_steps_do_not_fill_the_driver_and_what_the_user_set_stays() {
    SparkConf conf = Settings.apply(new SparkConf(false).set("spark.ui.retainedStages", "7"));
    assertEquals("100", conf.get("spark.ui.retainedJobs"));
    assertEquals("7", conf.get("spark.ui.retainedStages"));
    assertEquals("2000", conf.get("spark.ui.retainedTasks"));
    assertEquals("20", conf.get("spark.sql.ui.retainedExecutions"));
    assertEquals("UTC", Settings.apply(new SparkConf(false).set("spark.sql.session.timeZone", "Europe/Berlin")).get("spark.sql.session.timeZone"));
  }

  @Test
  void a_container_without_room_for_dotnet_is_refused_with_the_setting_to_raise() {
    SparkConf conf = new SparkConf(false).setMaster("yarn").set("spark.executor.memory", "1g");
    RefusedException e = assertThrows(RefusedException.class, () -> DotnetMemory.of(conf, "executor"));
    assertTrue(e.getMessage().contains("spark.executor.memoryOverhead"), e.getMessage());
    conf.set("spark.executor.memoryOverhead", "1280");
    RefusedException virtual = assertThrows(RefusedException.class, () -> DotnetMemory.of(conf, "executor"));
    assertTrue(virtual.getMessage().contains("set spark.executor.memoryOverhead=16"), virtual.getMessage());
    DotnetMemory enough = DotnetMemory.of(conf.set("spark.yarndl.vmemRatio", "0"), "executor");
    assertEquals(1024L << 20, enough.bytes);
    // beside the user's shell there is no container
    assertEquals(2048L << 20, DotnetMemory.of(conf, "driver").bytes);
    assertThrows(RefusedException.class, () -> DotnetMemory.of(conf.set("spark.submit.deployMode", "cluster"), "driver"));
    assertEquals("0x20000000", enough.environment().get("DOTNET_GCHeapHardLimit"));
  }

  @Test
  void a_setting_of_ours_that_does_not_exist_is_told_with_the_nearest_name() {
    SparkConf conf = new SparkConf(false).set("spark.yarndl.vmemratio", "0");
    assertEquals("[conf] spark.yarndl.vmemratio is no setting of yarndl; did you mean spark.yarndl.vmemRatio?", OwnKeys.problem(conf));
    assertNull(OwnKeys.problem(new SparkConf(false).set("spark.yarndl.vmemRatio", "0").set("spark.app.name", "x")));
  }

  @Test
  void a_worker_with_other_arithmetic_than_the_drivers_is_told_apart() {
    WorkerSettings settings = new WorkerSettings(new SparkConf(false).setMaster("local"), java.util.Collections.emptyMap());
    assertNull(settings.difference(new String[] {"1.0", "managed-1", "avx2"}));
    settings.driver("1.0", "managed-1");
    assertNull(settings.difference(new String[] {"1.0", "managed-1", "avx512"}));
    assertTrue(settings.difference(new String[] {"1.0", "managed-2", "avx2"}).contains("managed-2"));
    assertTrue(settings.difference(new String[] {"1.1", "managed-1", "avx2"}).contains("--archives"));
  }

  @Test
  void a_container_that_was_killed_for_its_memory_is_told_with_the_setting_to_raise() {
    String text = "Job aborted due to stage failure: Task 0 in stage 4.0 failed 4 times, most recent failure: Lost task 0.3 in stage 4.0 (TID 9) (node7 executor 5): "
        + "ExecutorLostFailure (executor 5 exited caused by one of the running tasks) Reason: Container killed by YARN for exceeding physical memory limits. "
        + "2.6 GB of 2.5 GB physical memory used. Consider boosting spark.executor.memoryOverhead.\nDriver stacktrace:";
    assertTrue(Failures.isMemory(text));
    assertEquals("[memory] executors were killed for their memory, spark.executor.memoryOverhead is 2000m: Container killed by YARN for exceeding physical memory limits. "
        + "2.6 GB of 2.5 GB physical memory used. Consider boosting spark.executor.memoryOverhead.; raise spark.executor.memoryOverhead, or lower train.batchSize",
        Failures.explain(text, "2000m"));
    assertEquals("Illegal Parquet type: INT32 (TIME(MILLIS,false)).",
        Failures.root("Job aborted: Lost task 0.0 (TID 1) (node executor 3): org.apache.spark.sql.AnalysisException: Illegal Parquet type: INT32 (TIME(MILLIS,false)).\n\tat x"));
    assertEquals("no such column", Failures.root("no such column"));
    assertFalse(Failures.isMemory("Job aborted due to stage failure: x\nDriver stacktrace:"));
    assertEquals("[engine] Job aborted due to stage failure: x", Failures.explain("Job aborted due to stage failure: x\nDriver stacktrace:", "-"));
  }
}
