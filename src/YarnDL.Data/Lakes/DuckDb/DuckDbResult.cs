using System.Runtime.InteropServices;

namespace YarnDL.Data.Lakes.DuckDb;

/// <summary>duckdb_result of the C API.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DuckDbResult
{
    private ulong _columns;
    private ulong _rows;
    private ulong _changed;
    private nint _data;
    private nint _error;
    private nint _internal;
}
