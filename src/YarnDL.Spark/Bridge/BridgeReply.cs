namespace YarnDL.Spark.Bridge;

/// <summary>Reads a reply while its memory is there.</summary>
internal delegate T BridgeReply<T>(ReadOnlySpan<byte> reply);
