using System.Security.Cryptography;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Encoding;

/// <summary>
/// Computes row ids: the first 128 bits of SHA-256 over the columns the job uses, sorted by the UTF-8 bytes of the job's spelling of their names.
/// Not thread-safe: one per thread.
/// </summary>
public sealed class RowIdHasher
{
    /// <summary>First byte of every hashed row; raised when the layout changes.</summary>
    public const byte Version = 1;

    private readonly int[] _columns;
    private readonly ByteBuffer _buffer = new();

    /// <param name="schema">What batches look like.</param>
    /// <param name="columns">Names as the job spells them, each once; lookup ignores case.</param>
    /// <exception cref="DataException">A column is missing, ambiguous, named twice, or has a type without a canonical form.</exception>
    public RowIdHasher(Schema schema, IReadOnlyList<string> columns)
    {
        string[] names = [.. columns];
        if (names.Length == 0)
        {
            throw new DataException(DataFault.Job, "[row id] no column was named; a row id needs at least one");
        }

        Array.Sort(names, Utf8Order.Compare);
        _columns = new int[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            _columns[i] = schema.IndexOf(names[i]);
            if (Array.IndexOf(_columns, _columns[i], 0, i) is >= 0 and int twin)
            {
                throw new DataException(DataFault.Job, $"[row id] '{names[twin]}' and '{names[i]}' name the same column; spell it one way");
            }

            CanonicalValue.Require(schema.Fields[_columns[i]]);
        }
    }

    /// <summary>The id of one row.</summary>
    public RowId Hash(ColumnBatch batch, int row)
    {
        _buffer.Clear();
        AppendRow(_buffer, batch, row);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_buffer.Written, hash);
        return RowId.Read(hash);
    }

    /// <summary>The ids of all rows of a batch.</summary>
    public void Hash(ColumnBatch batch, Span<RowId> ids)
    {
        for (int row = 0; row < batch.Rows; row++)
        {
            ids[row] = Hash(batch, row);
        }
    }

    /// <summary>The bytes that are hashed: version, number of columns (u16), then each value.</summary>
    public void AppendRow(ByteBuffer into, ColumnBatch batch, int row)
    {
        into.AppendByte(Version);
        into.AppendByte((byte)_columns.Length);
        into.AppendByte((byte)(_columns.Length >> 8));
        foreach (int c in _columns)
        {
            CanonicalValue.Append(into, batch.Columns[c], row);
        }
    }
}
