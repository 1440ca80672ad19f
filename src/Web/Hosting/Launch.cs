using Brigade.Data;
using Brigade.Data.Errors;
using Brigade.Web.Access;
using Brigade.Web.Cluster;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Brigade.Web.Hosting;

/// <summary>Starts the server and ends with a code; what goes wrong is one line on standard error.</summary>
internal static class Launch
{
    public static async Task<int> RunAsync(Func<WebApplication> create)
    {
        try
        {
            await using var app = create();
            await StartAsync(app);
            await AnnounceAsync(app);
            await app.WaitForShutdownAsync();
            return app.Services.GetRequiredService<SingleNode>().IsLost ? 1 : 0;
        }
        catch (Exception problem) when (Explain(problem) is { } line)
        {
            await Console.Error.WriteLineAsync(line);
            return 1;
        }
    }

    /// <summary>Takes the database, brings it up to date, then listens.</summary>
    public static async Task StartAsync(WebApplication app)
    {
        await app.Services.GetRequiredService<SingleNode>().AcquireAsync();
        await DatabaseStartup.MigrateAsync(app.Services);
        await app.StartAsync();
    }

    /// <summary>The address at which this machine reaches a server that has started.</summary>
    public static string Address(IServiceProvider services) =>
        ListenAddress.Local(services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses);

    private static async Task AnnounceAsync(WebApplication app)
    {
        var link = await app.Services.GetRequiredService<IOneTimeLinks>().CreateAsync();
        Console.WriteLine("Stop with Ctrl-C. The link works once, for one browser.");
        var address = app.Services.GetRequiredService<PublicAddress>().Url?.GetLeftPart(UriPartial.Authority) ?? Address(app.Services);
        Console.WriteLine($"Brigade is ready. Open {address}{link.Path}");
    }

    /// <summary>The line for the user; null for a fault of the program, which keeps its stack trace.</summary>
    private static string? Explain(Exception problem) => problem switch
    {
        StartException or DatabaseUnavailableException or StorageFullException => $"Brigade cannot start: {problem.Message}",
        IOException { InnerException: AddressInUseException } => $"Brigade cannot start: {problem.Message.TrimEnd('.')}. Stop the program that uses it, or choose another port: --urls http://127.0.0.1:PORT",
        IOException io => $"Brigade cannot start: {io.Message}",
        System.Net.Sockets.SocketException socket => $"Brigade cannot start: the address cannot be used ({socket.Message}). Choose another port: --urls http://127.0.0.1:PORT",
        _ => null,
    };
}
