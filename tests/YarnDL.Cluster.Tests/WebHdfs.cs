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

    /// <summary>Sets the time of the last change back to the beginning of this century.</summary>
    public void Age(string path)
    {
        using HttpResponseMessage reply = Send(HttpMethod.Put, path, "SETTIMES&modificationtime=946684800000");
        Assert.True(reply.IsSuccessStatusCode, $"{path}: {reply.StatusCode}");
    }

    /// <summary>Copies the files of a folder and of those in it to this machine.</summary>
    public void Download(string folder, string to)
    {
        using HttpResponseMessage reply = Send(HttpMethod.Get, folder, "LISTSTATUS");
        Directory.CreateDirectory(to);
        foreach (JsonNode? entry in Json(reply)["FileStatuses"]!["FileStatus"]!.AsArray())
        {
            string name = entry!["pathSuffix"]!.ToString();
            if (entry["type"]!.ToString() == "DIRECTORY")
            {
                Download($"{folder}/{name}", Path.Combine(to, name));
            }
            else
            {
                File.WriteAllBytes(Path.Combine(to, name), Read($"{folder}/{name}"));
            }
        }
    }

    public void Delete(string path)
    {
        using HttpResponseMessage reply = Send(HttpMethod.Delete, path, "DELETE&recursive=true");
        Assert.True(reply.IsSuccessStatusCode, $"{path}: {reply.StatusCode}");
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
