package org.constellation.platform.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A disk with a settable amount of room; what does not fit is written in part, then refused. It
 * remembers what happened.
 */
final class FullDisk implements Disk {

  private long room = Long.MAX_VALUE;
  private boolean syncFails;
  private final List<String> seen = new ArrayList<>();

  /** All changes but the writes themselves, in order, with the file that they concern. */
  List<String> seen() {
    return seen;
  }

  private void note(String what, Path path) {
    seen.add(what + " " + path.getFileName());
  }

  void room(long bytes) {
    room = bytes;
  }

  void syncFails(boolean fails) {
    syncFails = fails;
  }

  @Override
  public void makeDirectories(Path directory) throws IOException {
    note("make", directory);
    LOCAL.makeDirectories(directory);
  }

  @Override
  public FileChannel open(Path path, OpenOption... options) throws IOException {
    note("open", path);
    return new LimitedChannel(path, LOCAL.open(path, options));
  }

  @Override
  public void delete(Path path) throws IOException {
    note("delete", path);
    LOCAL.delete(path);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    note("sync", directory);
    LOCAL.syncDirectory(directory);
  }

  private final class LimitedChannel extends FileChannel {
    private final Path path;
    private final FileChannel real;

    LimitedChannel(Path path, FileChannel real) {
      this.path = path;
      this.real = real;
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
      var allowed = (int) Math.min(room, bytes.remaining());
      if (allowed == 0) {
        throw new IOException("No space left on device");
      }
      var part = bytes.slice(bytes.position(), allowed);
      var written = real.write(part, position);
      bytes.position(bytes.position() + written);
      room -= written;
      return written;
    }

    @Override
    public void force(boolean metaData) throws IOException {
      if (syncFails) {
        throw new IOException("Input/output error");
      }
      note("sync", path);
      real.force(metaData);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      if (room == 0) {
        throw new IOException("Input/output error");
      }
      note("truncate", path);
      real.truncate(size);
      return this;
    }

    @Override
    public int read(ByteBuffer to) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] to, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer from) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() throws IOException {
      return real.position();
    }

    @Override
    public FileChannel position(long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long size() throws IOException {
      return real.size();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel from, long position, long count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer to, long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return real.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      real.close();
    }
  }
}
