using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Brigade.Runner.Protocol;

namespace Brigade.Runner.TrialHosts.DotNet;

/// <summary>
/// The JSON of the host's records. It is made by hand for the sake of the start-up: the generated context costs a fresh process
/// 100 ms of just-in-time compilation, and even a JSON writer 20 ms. So the records on the way to the first task do without, which
/// they can because they hold numbers only. Tests read all of them with the generated context.
/// </summary>
internal static class HostRecords
{
    public static byte[] Hello() =>
        Encoding.UTF8.GetBytes(string.Concat("{\"protocol\":1,\"runtime\":\"dotnet\",\"version\":\"", Environment.Version.ToString(), "\"}"));

    public static byte[] Ready(long at, WorkerIdentity[] workers)
    {
        var json = new StringBuilder("{\"at\":").Append(at).Append(",\"workers\":[");
        foreach (var worker in workers)
        {
            json.Append(worker.Worker == 0 ? "{\"worker\":" : ",{\"worker\":").Append(worker.Worker)
                .Append(",\"pid\":").Append(worker.Pid).Append(",\"tid\":").Append(worker.Tid).Append('}');
        }

        return Encoding.UTF8.GetBytes(json.Append("]}").ToString());
    }

    public static byte[] Measuring(long at) => Encoding.UTF8.GetBytes(string.Concat("{\"at\":", at.ToString(CultureInfo.InvariantCulture), "}"));

    public static byte[] Error(ErrorPayload error) => Json(json =>
    {
        json.WriteNumber("index", error.Index);
        json.WriteNumber("worker", error.Worker);
        json.WriteString("message", error.Message);
        json.WriteString("traceback", error.Traceback);
    });

    public static byte[] Done(DonePayload done) => Json(json =>
    {
        json.WriteNumber("at", done.At);
        json.WriteNumber("tasks", done.Tasks);
        json.WriteNumber("errors", done.Errors);
        json.WriteNumber("lost", done.Lost);
        json.WriteNumber("dropped", done.Dropped);
        json.WriteString("checksum", done.Checksum);
        if (done is { SerializationNs: { } serialization, ChannelNs: { } channel })
        {
            json.WriteNumber("serializationNs", serialization);
            json.WriteNumber("channelNs", channel);
        }

        json.WriteStartArray("warnings");
        foreach (var warning in done.Warnings ?? [])
        {
            json.WriteStringValue(warning);
        }

        json.WriteEndArray();
        if (done.Figures is { } figures)
        {
            json.WriteStartObject("figures");
            foreach (var (name, value) in figures)
            {
                json.WriteNumber(name, value);
            }

            json.WriteEndObject();
        }

        if (done.Result is { } result)
        {
            json.WriteString("result", result);
        }
    });

    public static byte[] Worker(WorkerPayload worker) => Json(json =>
    {
        json.WriteNumber("at", worker.At);
        json.WriteNumber("endedAt", worker.EndedAt);
        json.WriteNumber("worker", worker.Worker);
        json.WriteNumber("pid", worker.Pid);
        json.WriteNumber("tid", worker.Tid);
        json.WriteNumber("lost", worker.Lost);
        json.WriteString("reason", worker.Reason);
    });

    public static byte[] Failed(FailedPayload failed) => Json(json =>
    {
        json.WriteString("message", failed.Message);
        json.WriteString("detail", failed.Detail);
    });

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
