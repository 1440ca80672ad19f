using Brigade.Contracts;
using Brigade.Contracts.Messages;
using Brigade.Data;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging.Console;

namespace Brigade.Web.Hosting;

/// <summary>How the process behaves: where it listens, what it says, how it ends.</summary>
internal static class HostingSetup
{
    /// <summary>The longest event alone, with what is around it in a message; otherwise a runner would send it again for ever.</summary>
    private const int LargestHubMessage = IRunnerServer.LongestEvent + (64 * 1024);

    public static WebApplicationBuilder AddBrigadeHosting(this WebApplicationBuilder builder, DataDirectory data)
    {
        builder.WebHost.UseUrls(ListenAddress.Of(builder.Configuration));
        builder.AddBrigadeReach(PublicAddress.Of(builder.Configuration));

        // A store belongs to a workspace: a singleton that holds one is a hole in the border, and must not start.
        builder.Host.UseDefaultServiceProvider(options => options.ValidateScopes = true);

        // The files of packages, also where the environment is not Development and the program was not published.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(3));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(data);
        builder.Services.AddBrigadeData(builder.Configuration.GetConnectionString("Brigade"), data.Path);
        builder.Services
            .AddSignalR(options =>
            {
                options.KeepAliveInterval = TimeSpan.FromSeconds(5);
                options.ClientTimeoutInterval = TimeSpan.FromSeconds(15);
                options.AddFilter<Access.Sessions.SessionConnections>();
            })
            .AddHubOptions<Hubs.RunnerHub>(options =>
            {
                options.MaximumReceiveMessageSize = LargestHubMessage;
                options.MaximumParallelInvocationsPerClient = 1;
                options.AddFilter<Hubs.HubFaults>();
                options.AddFilter<Access.WorkspaceCalls>();
            })
            .AddHubOptions<Hubs.RunsHub>(options =>
            {
                options.SupportedProtocols = ["json"];
                options.AddFilter<Hubs.HubFaults>();
                options.AddFilter<Access.WorkspaceCalls>();
            })
            .AddJsonProtocol(options => BrigadeJson.Apply(options.PayloadSerializerOptions))
            .AddMessagePackProtocol();
        Quieten(builder.Logging, builder.Configuration["Brigade:Logs"]);
        return builder;
    }

    /// <summary>From the first signal on, new requests get 503: otherwise pages that connect again keep the server from ending.</summary>
    public static void UseStopping(this WebApplication app) => app.Use((context, next) =>
    {
        if (!app.Lifetime.ApplicationStopping.IsCancellationRequested)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.Connection = "close";
        return Task.CompletedTask;
    });

    private static void Quieten(ILoggingBuilder logging, string? form)
    {
        logging.ClearProviders();
        switch (form)
        {
            case null or "" or "text":
                logging.AddSimpleConsole(options => options.SingleLine = true);
                break;
            case "json":
                logging.AddJsonConsole(options =>
                {
                    options.IncludeScopes = true;
                    options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
                    options.UseUtcTimestamp = true;
                });
                break;
            default:
                throw new StartException($"Brigade__Logs is '{form}'. Use 'text' or 'json'.");
        }

        // Standard output is for the link.
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("Brigade", LogLevel.Information);

        // What these say is said better by us: the stores translate the database's errors, and the start is reported in one line.
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        logging.AddFilter("Orleans", LogLevel.Error);
        logging.AddFilter("Microsoft.AspNetCore.Authentication.OpenIdConnect", LogLevel.None);

        // A refusal is an answer and no fault; other failures of a hub are logged by HubFaults.
        logging.AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.None);
        logging.AddFilter("Brigade.Web.Access", LogLevel.Warning);
    }
}
