// Follow a run as it happens, by SignalR: dotnet run follow.cs -- RUN-ID. The server in BRIGADE_SERVER, the key in BRIGADE_TOKEN.
#:package Microsoft.AspNetCore.SignalR.Client@10.0.15
#:property PublishAot=false

using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

var server = Environment.GetEnvironmentVariable("BRIGADE_SERVER");
var key = Environment.GetEnvironmentVariable("BRIGADE_TOKEN");
await using var connection = new HubConnectionBuilder()
    .WithUrl($"{server}/hubs/runs", options => options.AccessTokenProvider = () => Task.FromResult(key))
    .Build();
await connection.StartAsync();

// The run, whether frames are wanted, and the id of the last event that was received: nothing to begin at the beginning.
await foreach (var item in connection.StreamAsync<RunEvent>("Follow", args[0], true, null))
{
    if (item.Event == "frame")
        Console.WriteLine($"trial {item.Data.GetProperty("trial")}, frame {item.Data.GetProperty("number")}: {item.Data.GetProperty("tasks")} tasks");
    else if (item.Event == "run")
        Console.WriteLine($"{item.Data.GetProperty("status")}: {item.Data.GetProperty("trialsEnded")} of {item.Data.GetProperty("trials")} trials");
}

record RunEvent(string Event, string? Id, JsonElement Data);
