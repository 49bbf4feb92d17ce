package org.constellation.simulation.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;

/** A file on a {@link FaultyDisk}, which hears of every change before it is made. */
final class FaultyChannel extends FileChannel {

  private final FaultyDisk disk;
  private final Path path;
  private final FileChannel file;

  FaultyChannel(FaultyDisk disk, Path path, FileChannel file) {
    this.disk = disk;
    this.path = path;
    this.file = file;
  }

  @Override
  public int read(ByteBuffer destination) throws IOException {
    return file.read(destination);
  }

  @Override
  public long read(ByteBuffer[] destinations, int offset, int length) throws IOException {
    return file.read(destinations, offset, length);
  }

  @Override
  public int read(ByteBuffer destination, long position) throws IOException {
    return file.read(destination, position);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    disk.beforeWrite(path, file.position(), source.remaining());
    return file.write(source);
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    disk.beforeWrite(path, file.position(), remaining(sources, offset, length));
    return file.write(sources, offset, length);
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    disk.beforeWrite(path, position, source.remaining());
    return file.write(source, position);
  }

  private static long remaining(ByteBuffer[] sources, int offset, int length) {
    return Arrays.stream(sources, offset, offset + length).mapToLong(ByteBuffer::remaining).sum();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    disk.beforeTruncate(path, size);
    file.truncate(size);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    disk.beforeSync(path);
    file.force(metaData);
    disk.synced(path);
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    file.position(newPosition);
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return file.transferTo(position, count, target);
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    disk.beforeWrite(path, position, count);
    return file.transferFrom(source, position, count);
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException("nobody maps files here");
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return file.lock(position, size, shared);
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return file.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    file.close();
  }
}
