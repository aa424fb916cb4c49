package org.yarndl.bridge;

/** One request that .NET may make: reads its fields, writes the reply's. */
public interface Operation {
  void run(ByteReader request, ByteWriter reply) throws Exception;
}
