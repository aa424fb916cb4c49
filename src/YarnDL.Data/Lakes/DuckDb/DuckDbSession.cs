using System.Globalization;
using System.Runtime.InteropServices;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Lakes.DuckDb;

/// <summary>One in-memory database with one connection: it opens only the files it is given, loads nothing, and keeps to its memory. Not thread-safe.</summary>
internal sealed unsafe class DuckDbSession : IDisposable
{
    private nint _database;
    private nint _connection;
    private int _numbers;

    /// <param name="memoryBytes">Limit of DuckDB's memory.</param>
    /// <param name="threads">Threads of a query.</param>
    /// <param name="temporaryFolder">Where it may spill to; null = nowhere.</param>
    internal DuckDbSession(long memoryBytes, int threads, string? temporaryFolder)
    {
        (string Name, string Value)[] settings =
        [
            ("memory_limit", string.Create(CultureInfo.InvariantCulture, $"{memoryBytes / 1024}KiB")),
            ("threads", threads.ToString(CultureInfo.InvariantCulture)),
            ("temp_directory", temporaryFolder ?? ""),
            ("autoinstall_known_extensions", "false"),
            ("autoload_known_extensions", "false"),
            ("allow_community_extensions", "false"),
        ];
        _ = DuckDbApi.CreateConfig(out nint config);
        foreach ((string name, string value) in settings)
        {
            if (DuckDbApi.SetConfig(config, name, value) != 0)
            {
                throw new DuckDbException($"DuckDB refuses the setting {name}={value}");
            }
        }

        int failed = DuckDbApi.Open(null, out _database, config, out nint error);
        DuckDbApi.DestroyConfig(ref config);
        if (failed != 0)
        {
            throw new DuckDbException(DuckDbTypes.Take(error));
        }

        if (DuckDbApi.Connect(_database, out _connection) != 0)
        {
            Dispose();
            throw new DuckDbException("DuckDB gives no connection");
        }

        try
        {
            Execute("SET TimeZone = 'UTC'");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>From here on only these files may be opened, and no setting changes.</summary>
    internal void Confine(IReadOnlyList<string> files)
    {
        if (files.Count > 0)
        {
            Execute($"SET allowed_paths = {Sql.Texts(files)}");
        }

        Execute("SET enable_external_access = false");
        Execute("SET lock_configuration = true");
    }

    /// <summary>Runs a statement without rows.</summary>
    /// <exception cref="DuckDbException">Refused.</exception>
    internal void Execute(string sql)
    {
        DuckDbResult result;
        int failed = DuckDbApi.Query(_connection, sql, &result);
        string? error = failed != 0 ? Marshal.PtrToStringUTF8(DuckDbApi.ResultError(&result)) : null;
        DuckDbApi.DestroyResult(&result);
        if (failed != 0)
        {
            throw new DuckDbException(error ?? "unknown error");
        }
    }

    /// <summary>The columns of a query.</summary>
    internal Schema Describe(string sql)
    {
        using DuckDbCursor cursor = new(_connection, $"SELECT * FROM ({sql}) LIMIT 0");
        return cursor.Schema;
    }

    /// <summary>A running query.</summary>
    internal DuckDbCursor Open(string sql) => new(_connection, sql);

    /// <summary>The rows of a query as they come.</summary>
    /// <exception cref="DuckDbException">Refused, at the first or at a later batch.</exception>
    internal IEnumerable<ColumnBatch> Read(string sql)
    {
        using DuckDbCursor cursor = new(_connection, sql);
        while (cursor.Next() is { } batch)
        {
            yield return batch;
        }
    }

    /// <summary>A number no other object of the session has, for names.</summary>
    internal int NextNumber() => _numbers++;

    /// <summary>An appender to a table.</summary>
    internal DuckDbAppender Append(string table, Schema schema) => new(_connection, table, schema);

    public void Dispose()
    {
        if (_connection != 0)
        {
            DuckDbApi.Disconnect(ref _connection);
        }

        if (_database != 0)
        {
            DuckDbApi.Close(ref _database);
        }
    }
}
