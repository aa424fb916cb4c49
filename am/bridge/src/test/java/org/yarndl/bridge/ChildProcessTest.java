package org.yarndl.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  @TempDir Path folder;

  private ChildProcess sh(String script) throws IOException {
    return ChildProcess.start(Arrays.asList("/bin/sh", "-c", script), folder.toFile(), Collections.singletonMap("GIVEN", "x"), "hello\n".getBytes());
  }

  @Test
  void the_hello_arrives_on_standard_input_and_the_exit_code_comes_back() throws Exception {
    try (ChildProcess child = sh("read a; echo $a$GIVEN > got; exit 4")) {
      assertEquals(4, child.waitFor());
    }
    assertEquals("hellox\n", new String(Files.readAllBytes(folder.resolve("got"))));
  }

  @Test
  void a_child_that_waits_for_the_end_of_its_input_ends_with_its_parent() throws Exception {
    ChildProcess child = sh("read a; read b; exit 0");
    assertNull(child.waitFor(50));
    child.close();
    assertEquals(0, child.waitFor());
  }

  @Test
  void a_child_that_does_not_end_is_killed() throws Exception {
    ChildProcess child = sh("exec sleep 1000");
    child.close();
    assertFalse(child.isAlive());
    assertEquals(137, child.waitFor());
  }
}
