using System.Runtime.InteropServices;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Lakes.DuckDb;

/// <summary>DuckDB's logical types to fields and back.</summary>
internal static unsafe class DuckDbTypes
{
    private const int MaxDepth = 64;

    /// <summary>The field of a result column.</summary>
    /// <exception cref="DuckDbException">A type that has no counterpart.</exception>
    internal static Field ToField(string name, nint type, string column, int depth = 0)
    {
        if (depth > MaxDepth)
        {
            throw new DuckDbException($"column '{column}' is nested more than {MaxDepth} levels", "shallower types are read; flatten it in the source");
        }

        DuckDbType id = DuckDbApi.TypeId(type);
        switch (id)
        {
            case DuckDbType.Decimal:
                return new Field(name, ColumnType.Decimal, null, DuckDbApi.DecimalWidth(type), DuckDbApi.DecimalScale(type));
            case DuckDbType.HugeInt:
                return new Field(name, ColumnType.Decimal, null, 38, 0);
            case DuckDbType.List:
                return new Field(name, ColumnType.List, [Child("element", DuckDbApi.ListChildType(type), column, depth)]);
            case DuckDbType.Array:
                return new Field(name, ColumnType.List, [Child("element", DuckDbApi.ArrayChildType(type), column, depth)]);
            case DuckDbType.Map:
                return new Field(name, ColumnType.Map,
                    [Child("key", DuckDbApi.MapKeyType(type), column, depth), Child("value", DuckDbApi.MapValueType(type), column, depth)]);
            case DuckDbType.Struct:
                Field[] fields = new Field[DuckDbApi.StructChildCount(type)];
                for (int i = 0; i < fields.Length; i++)
                {
                    fields[i] = Child(Take(DuckDbApi.StructChildName(type, (ulong)i)), DuckDbApi.StructChildType(type, (ulong)i), column, depth);
                }

                return new Field(name, ColumnType.Struct, fields);
        }

        return new Field(name, id switch
        {
            DuckDbType.Boolean => ColumnType.Bool,
            DuckDbType.TinyInt => ColumnType.Int8,
            DuckDbType.SmallInt => ColumnType.Int16,
            DuckDbType.Integer => ColumnType.Int32,
            DuckDbType.BigInt => ColumnType.Int64,
            DuckDbType.UTinyInt => ColumnType.UInt8,
            DuckDbType.USmallInt => ColumnType.UInt16,
            DuckDbType.UInteger => ColumnType.UInt32,
            DuckDbType.UBigInt => ColumnType.UInt64,
            DuckDbType.Float => ColumnType.Float32,
            DuckDbType.Double => ColumnType.Float64,
            DuckDbType.Varchar or DuckDbType.Uuid or DuckDbType.Enum => ColumnType.Text,
            DuckDbType.Blob => ColumnType.Binary,
            DuckDbType.Date => ColumnType.Date,
            DuckDbType.Time or DuckDbType.TimeNanos => ColumnType.Time,
            DuckDbType.Timestamp or DuckDbType.TimestampZoned or DuckDbType.TimestampSeconds or DuckDbType.TimestampMillis or DuckDbType.TimestampNanos => ColumnType.Timestamp,
            _ => throw new DuckDbException($"column '{column}' has DuckDB's type {id.ToString().ToUpperInvariant()}",
                "it must be a number, text, binary, date, time, timestamp, or a struct, list or map of these; cast it in SQL, or leave the column out"),
        });
    }

    /// <summary>The logical type of a field; the caller destroys it.</summary>
    internal static nint FromField(Field field)
    {
        switch (field.Type)
        {
            case ColumnType.Decimal:
                return DuckDbApi.CreateDecimalType((byte)field.Precision, (byte)field.Scale);
            case ColumnType.List:
                nint element = FromField(field.Children![0]);
                nint list = DuckDbApi.CreateListType(element);
                DuckDbApi.DestroyType(ref element);
                return list;
            case ColumnType.Map:
                nint key = FromField(field.Children![0]), value = FromField(field.Children[1]);
                nint map = DuckDbApi.CreateMapType(key, value);
                DuckDbApi.DestroyType(ref key);
                DuckDbApi.DestroyType(ref value);
                return map;
            case ColumnType.Struct:
                return FromStruct(field.Children!);
            default:
                return DuckDbApi.CreateType(field.Type switch
                {
                    ColumnType.Bool => DuckDbType.Boolean,
                    ColumnType.Int8 => DuckDbType.TinyInt,
                    ColumnType.Int16 => DuckDbType.SmallInt,
                    ColumnType.Int32 => DuckDbType.Integer,
                    ColumnType.Int64 => DuckDbType.BigInt,
                    ColumnType.UInt8 => DuckDbType.UTinyInt,
                    ColumnType.UInt16 => DuckDbType.USmallInt,
                    ColumnType.UInt32 => DuckDbType.UInteger,
                    ColumnType.UInt64 => DuckDbType.UBigInt,
                    ColumnType.Float32 => DuckDbType.Float,
                    ColumnType.Float64 => DuckDbType.Double,
                    ColumnType.Text => DuckDbType.Varchar,
                    ColumnType.Binary => DuckDbType.Blob,
                    ColumnType.Date => DuckDbType.Date,
                    ColumnType.Time => DuckDbType.Time,
                    ColumnType.Timestamp => DuckDbType.TimestampZoned,
                    _ => throw new ArgumentException($"no such column type {field.Type}", nameof(field)),
                });
        }
    }

    /// <summary>The SQL text of a field's type.</summary>
    internal static string ToSql(Field field) => field.Type switch
    {
        ColumnType.Bool => "BOOLEAN",
        ColumnType.Int8 => "TINYINT",
        ColumnType.Int16 => "SMALLINT",
        ColumnType.Int32 => "INTEGER",
        ColumnType.Int64 => "BIGINT",
        ColumnType.UInt8 => "UTINYINT",
        ColumnType.UInt16 => "USMALLINT",
        ColumnType.UInt32 => "UINTEGER",
        ColumnType.UInt64 => "UBIGINT",
        ColumnType.Float32 => "FLOAT",
        ColumnType.Float64 => "DOUBLE",
        ColumnType.Decimal => $"DECIMAL({field.Precision},{field.Scale})",
        ColumnType.Text => "VARCHAR",
        ColumnType.Binary => "BLOB",
        ColumnType.Date => "DATE",
        ColumnType.Time => "TIME",
        ColumnType.Timestamp => "TIMESTAMPTZ",
        ColumnType.List => $"{ToSql(field.Children![0])}[]",
        ColumnType.Map => $"MAP({ToSql(field.Children![0])}, {ToSql(field.Children[1])})",
        ColumnType.Struct => $"STRUCT({string.Join(", ", field.Children!.Select(static c => $"{Sql.Name(c.Name)} {ToSql(c)}"))})",
        _ => throw new ArgumentException($"no such column type {field.Type}", nameof(field)),
    };

    /// <summary>Copies a string that DuckDB allocated, and frees it.</summary>
    internal static string Take(nint text)
    {
        string copy = Marshal.PtrToStringUTF8(text) ?? "";
        DuckDbApi.Free(text);
        return copy;
    }

    private static Field Child(string name, nint type, string column, int depth)
    {
        try
        {
            return ToField(name, type, column, depth + 1);
        }
        finally
        {
            DuckDbApi.DestroyType(ref type);
        }
    }

    private static nint FromStruct(IReadOnlyList<Field> fields)
    {
        nint[] types = new nint[fields.Count], names = new nint[fields.Count];
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = FromField(fields[i]);
            names[i] = Marshal.StringToCoTaskMemUTF8(fields[i].Name);
        }

        nint result;
        fixed (nint* t = types, n = names)
        {
            result = DuckDbApi.CreateStructType(t, n, (ulong)types.Length);
        }

        for (int i = 0; i < types.Length; i++)
        {
            DuckDbApi.DestroyType(ref types[i]);
            Marshal.FreeCoTaskMem(names[i]);
        }

        return result;
    }
}
