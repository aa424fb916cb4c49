package org.yarndl.bridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileOperationsTest {
  @TempDir Path folder;
  private BridgeServer server;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    Secret secret = Secret.create();
    HadoopFiles files = new HadoopFiles(new Configuration());
    server = new BridgeServer(secret, (channel, hello) -> {
      Session session = new Session();
      FileOperations.add(files, session);
      BridgeServer.answer(channel, session);
    });
    client = Client.hello(server.port(), secret.copy());
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  private String at(String name) {
    return "file:" + folder.resolve(name);
  }

  private void put(String name, String content) throws IOException {
    int handle = client.ask(FileOperations.CREATE, Client.text(at(name))).i32();
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    client.ask(FileOperations.WRITE, new ByteWriter().i32(handle).raw(bytes, 0, bytes.length));
    client.ask(FileOperations.FINISH, new ByteWriter().i32(handle));
  }

  private String get(String name) throws IOException {
    ByteReader opened = client.ask(FileOperations.OPEN, Client.text(at(name)));
    int handle = opened.i32();
    int length = (int) opened.i64();
    byte[] bytes = client.ask(FileOperations.READ, new ByteWriter().i32(handle).i64(0).i32(length)).blob();
    client.ask(FileOperations.CLOSE, new ByteWriter().i32(handle));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void what_is_written_is_read_from_any_position() throws IOException {
    put("a", "0123456789");
    int handle = client.ask(FileOperations.OPEN, Client.text(at("a"))).i32();
    assertArrayEquals("789".getBytes(), client.ask(FileOperations.READ, new ByteWriter().i32(handle).i64(7).i32(100)).blob());
    assertArrayEquals("234".getBytes(), client.ask(FileOperations.READ, new ByteWriter().i32(handle).i64(2).i32(3)).blob());
    assertEquals("0123456789", new String(Files.readAllBytes(folder.resolve("a"))));
  }

  @Test
  void no_checksum_file_lies_beside_a_local_file() throws IOException {
    put("a", "1");
    assertEquals(1, client.ask(FileOperations.LIST, Client.text(at(""))).i32());
    assertFalse(Files.exists(folder.resolve(".a.crc")));
  }

  @Test
  void a_file_that_exists_is_not_created_again() throws IOException {
    put("a", "1");
    assertEquals(FileFault.EXISTS.ordinal(), client.fail(FileOperations.CREATE, Client.text(at("a"))));
    assertEquals("1", get("a"));
  }

  @Test
  void a_rename_refuses_an_existing_file_and_an_existing_folder() throws IOException {
    put("a", "1");
    put("b", "2");
    Files.createDirectory(folder.resolve("c"));
    assertEquals(FileFault.EXISTS.ordinal(), client.fail(FileOperations.RENAME, Client.text(at("a"), at("b"))));
    assertEquals(FileFault.EXISTS.ordinal(), client.fail(FileOperations.RENAME, Client.text(at("a"), at("c"))));
    client.ask(FileOperations.RENAME, Client.text(at("c"), at("d")));
    client.ask(FileOperations.RENAME, Client.text(at("a"), at("d/a")));
    assertEquals("1", get("d/a"));
    assertEquals("2", get("b"));
    assertEquals(0, client.ask(FileOperations.STAT, Client.text(at("a"))).u8());
  }

  @Test
  void a_replace_takes_the_place_of_a_file_but_never_of_a_folder() throws IOException {
    put("a", "1");
    put("b", "2");
    Files.createDirectory(folder.resolve("c"));
    client.ask(FileOperations.REPLACE, Client.text(at("a"), at("b")));
    assertEquals("1", get("b"));
    assertEquals(FileFault.BROKEN.ordinal(), client.fail(FileOperations.REPLACE, Client.text(at("b"), at("c"))));
  }

  @Test
  void a_missing_file_and_a_missing_folder_are_told_apart_from_errors() throws IOException {
    assertEquals(FileFault.MISSING.ordinal(), client.fail(FileOperations.OPEN, Client.text(at("no"))));
    assertEquals(FileFault.MISSING.ordinal(), client.fail(FileOperations.CREATE, Client.text(at("no/a"))));
    assertEquals(0, client.ask(FileOperations.STAT, Client.text(at("no"))).u8());
    assertEquals(0, client.ask(FileOperations.LIST, Client.text(at("no"))).i32());
    client.ask(FileOperations.DELETE, Client.text(at("no")));
  }

  @Test
  void folders_are_made_listed_by_path_and_deleted_with_all_in_them() throws IOException {
    client.ask(FileOperations.MAKE_FOLDERS, Client.text(at("x/y")));
    put("x/b", "12");
    put("x/a", "1");
    ByteReader list = client.ask(FileOperations.LIST, Client.text(at("x")));
    assertEquals(3, list.i32());
    assertTrue(list.text().endsWith("/x/a"));
    assertEquals(0, list.u8());
    assertEquals(1, list.i64());
    list.i64();
    assertTrue(list.text().endsWith("/x/b"));
    client.ask(FileOperations.DELETE, Client.text(at("x")));
    assertFalse(Files.exists(folder.resolve("x")));
  }

  @Test
  void a_touch_moves_the_time_of_the_last_change() throws IOException {
    put("a", "1");
    Files.setLastModifiedTime(folder.resolve("a"), FileTime.fromMillis(1_000_000));
    client.ask(FileOperations.TOUCH, Client.text(at("a")));
    assertTrue(Files.getLastModifiedTime(folder.resolve("a")).toMillis() > 1_000_000_000_000L);
  }

  @Test
  void a_file_that_is_not_finished_goes_away_with_its_connection() throws Exception {
    int handle = client.ask(FileOperations.CREATE, Client.text(at("half"))).i32();
    client.ask(FileOperations.WRITE, new ByteWriter().i32(handle).i32(7));
    assertTrue(Files.exists(folder.resolve("half")));
    client.ask(FileOperations.CLOSE, new ByteWriter().i32(handle));
    assertFalse(Files.exists(folder.resolve("half")));
  }

  @Test
  void an_unknown_operation_and_a_handle_of_another_kind_end_the_connection() throws IOException {
    int handle = client.ask(FileOperations.CREATE, Client.text(at("a"))).i32();
    assertThrows(IOException.class, () -> client.ask(FileOperations.READ, new ByteWriter().i32(handle).i64(0).i32(1)));
  }
}
