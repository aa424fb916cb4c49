package org.yarndl.bridge;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * The file store of .NET over Hadoop's file systems: new names refuse existing ones, replacement is one rename. Local files go
 * without Hadoop's checksum side files, so that .NET may write them too.
 */
public final class HadoopFiles {
  private final Configuration conf;

  public HadoopFiles(Configuration conf) {
    this.conf = conf;
  }

  /** Direct children by path, in the order of UTF-16 units as .NET's ordinal order; empty when the folder is missing. */
  public List<FileStatus> list(String folder) throws IOException {
    Path path = new Path(folder);
    try {
      List<FileStatus> found = new ArrayList<>();
      Collections.addAll(found, store(path).listStatus(path));
      found.sort((a, b) -> a.getPath().toString().compareTo(b.getPath().toString()));
      return found;
    } catch (FileNotFoundException e) {
      return Collections.emptyList();
    }
  }

  /** Null when nothing is there. */
  public FileStatus stat(String file) throws IOException {
    Path path = new Path(file);
    try {
      return store(path).getFileStatus(path);
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  public FSDataInputStream open(String file) throws IOException {
    Path path = new Path(file);
    return store(path).open(path);
  }

  /** A new file; missing folders above it are an error, as on every other store. */
  public FSDataOutputStream create(String file) throws IOException {
    Path path = new Path(file);
    FileSystem store = store(path);
    Path parent = path.getParent();
    if (parent != null && store.getFileStatus(parent).isFile()) {
      throw new FileNotFoundException(parent + " is a file");
    }
    return store.create(path, false);
  }

  /** Refuses an existing target, in one step of the store. */
  public void rename(String from, String to) throws IOException {
    Path source = new Path(from);
    Path target = new Path(to);
    if (!isLocal(source)) {
      context(source).rename(source, target, Options.Rename.NONE);
      return;
    }
    java.nio.file.Path a = local(source);
    java.nio.file.Path b = local(target);
    if (Files.isDirectory(a)) {
      if (Files.exists(b)) {
        throw new FileAlreadyExistsException(b.toString());
      }
      Files.move(a, b);
    } else {
      // a link, unlike a rename, is refused when the name is taken
      Files.createLink(b, a);
      Files.delete(a);
    }
  }

  /** One file over another, in one step of the store. */
  public void replace(String from, String to) throws IOException {
    Path source = new Path(from);
    Path target = new Path(to);
    FileStatus there = stat(to);
    if (store(source).getFileStatus(source).isDirectory() || (there != null && there.isDirectory())) {
      throw new IOException("only a file replaces a file");
    }
    if (isLocal(source)) {
      Files.move(local(source), local(target), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } else {
      context(source).rename(source, target, Options.Rename.OVERWRITE);
    }
  }

  public void touch(String file) throws IOException {
    Path path = new Path(file);
    store(path).setTimes(path, System.currentTimeMillis(), -1);
  }

  public void makeFolders(String folder) throws IOException {
    Path path = new Path(folder);
    if (!store(path).mkdirs(path)) {
      throw new IOException("the store did not make the folder");
    }
  }

  /** A file, or a folder with all in it; nothing happens when it is missing. */
  public void delete(String file) throws IOException {
    Path path = new Path(file);
    if (!store(path).delete(path, true) && stat(file) != null) {
      throw new IOException("the store did not delete it");
    }
  }

  private FileSystem store(Path path) throws IOException {
    FileSystem store = path.getFileSystem(conf);
    return store instanceof LocalFileSystem ? ((LocalFileSystem) store).getRawFileSystem() : store;
  }

  private FileContext context(Path path) throws IOException {
    return FileContext.getFileContext(path.getFileSystem(conf).getUri(), conf);
  }

  private boolean isLocal(Path path) throws IOException {
    return path.getFileSystem(conf) instanceof LocalFileSystem;
  }

  private java.nio.file.Path local(Path path) throws IOException {
    return ((LocalFileSystem) path.getFileSystem(conf)).pathToFile(path).toPath();
  }
}
