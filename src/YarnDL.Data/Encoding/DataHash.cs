using System.Buffers.Binary;
using System.Security.Cryptography;

namespace YarnDL.Data.Encoding;

/// <summary>SHA-256 over (id, ordinal) of all rows in canonical order: two runs with the same hash saw the same rows.</summary>
public sealed class DataHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Adds the next row: 16 bytes of id, then the ordinal as u32, little endian.</summary>
    public void Add(RowId id, uint ordinal)
    {
        Span<byte> bytes = stackalloc byte[RowId.Size + 4];
        id.Write(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[RowId.Size..], ordinal);
        _hash.AppendData(bytes);
    }

    /// <summary>The hash of the rows added so far: 32 bytes.</summary>
    public byte[] Current() => _hash.GetCurrentHash();

    public void Dispose() => _hash.Dispose();
}
