using System.Net;
using System.Text.Json.Nodes;

namespace YarnDL.Cluster.Tests;

/// <summary>Looks at and changes files of HDFS from outside the application.</summary>
internal sealed class WebHdfs(string address) : IDisposable
{
    private readonly HttpClient _http = new();

    /// <summary>Names in a folder; empty when it is missing.</summary>
    public string[] List(string folder)
    {
        using HttpResponseMessage reply = Send(HttpMethod.Get, folder, "LISTSTATUS");
        return reply.StatusCode == HttpStatusCode.NotFound ? [] : [.. Json(reply)["FileStatuses"]!["FileStatus"]!.AsArray().Select(f => f!["pathSuffix"]!.ToString()).Order(StringComparer.Ordinal)];
    }

    public byte[] Read(string file)
    {
        using HttpResponseMessage reply = Send(HttpMethod.Get, file, "OPEN");
        Assert.True(reply.IsSuccessStatusCode, $"{file}: {reply.StatusCode}");
        return Bytes(reply);
    }

    /// <summary>How long ago the file whose name begins so was last changed; null when there is none.</summary>
    public TimeSpan? ModifiedAgo(string folder, string prefix)
    {
        using HttpResponseMessage reply = Send(HttpMethod.Get, folder, "LISTSTATUS");
        JsonNode? file = Json(reply)["FileStatuses"]!["FileStatus"]!.AsArray().FirstOrDefault(f => f!["pathSuffix"]!.ToString().StartsWith(prefix, StringComparison.Ordinal));
        return file is null ? null : DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeMilliseconds((long)file["modificationTime"]!);
    }

    public void Delete(string path)
    {
        using HttpResponseMessage reply = Send(HttpMethod.Delete, path, "DELETE&recursive=true");
        Assert.True(reply.IsSuccessStatusCode, $"{path}: {reply.StatusCode}");
    }

    public void Rename(string from, string to)
    {
        using HttpResponseMessage reply = Send(HttpMethod.Put, from, $"RENAME&destination={to}");
        Assert.True(reply.IsSuccessStatusCode && (bool)Json(reply)["boolean"]!, $"{from}: {reply.StatusCode}");
    }

    public void Dispose() => _http.Dispose();

    private HttpResponseMessage Send(HttpMethod method, string path, string operation) =>
        _http.Send(new HttpRequestMessage(method, $"{address}/webhdfs/v1{path}?op={operation}&user.name={Environment.UserName}"));

    private static byte[] Bytes(HttpResponseMessage reply)
    {
        using var memory = new MemoryStream();
        reply.Content.ReadAsStream().CopyTo(memory);
        return memory.ToArray();
    }

    private static JsonNode Json(HttpResponseMessage reply) => JsonNode.Parse(Bytes(reply))!;
}
