using Brigade.Web.Features.Webhooks.Formats;
using Brigade.Web.Features.Webhooks.Happenings;
using Brigade.Web.Features.Webhooks.Sending;

namespace Brigade.Web.Features.Webhooks;

internal static class WebhookSetup
{
    /// <summary>Tells what has happened: to listeners in the server, and to webhooks, chats and mailboxes. A kind of happening is a story; a way to write it is a format.</summary>
    public static WebApplicationBuilder AddBrigadeWebhooks(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<WebhookOptions>(builder.Configuration.GetSection(WebhookOptions.Section));
        builder.Services.AddWebhookDesk();
        builder.Services.AddTransient<IHappeningListener, ThresholdListener>();
        builder.Services.AddTransient<IHappeningListener, WebhookListener>();
        builder.Services.AddSingleton<IPayloadFormat, StandardFormat>();
        builder.Services.AddSingleton<IPayloadFormat, SlackFormat>();
        builder.Services.AddSingleton<IPayloadFormat, MailFormat>();
        builder.Services.AddScoped<ITargetRules, TargetRules>();
        builder.Services.AddScoped<ISender, HttpSender>();
        builder.Services.AddScoped<ISender, MailChannel>();
        builder.Services.AddSingleton<PageAddress>();
        builder.Services.AddHostedService<HappeningPump>();
        builder.Services.AddHostedService<Deliverer>();
        return builder;
    }

    /// <summary>What the page needs.</summary>
    internal static IServiceCollection AddWebhookDesk(this IServiceCollection services)
    {
        services.AddTransient<IHappeningStory, RunFinishedStory>();
        services.AddTransient<IHappeningStory, ThresholdFailedStory>();
        services.AddTransient<IHappeningStory, RegressionFoundStory>();
        services.AddTransient<IHappeningStory, PingStory>();
        services.AddSingleton<WebhookSecrets>();
        services.AddTransient<WebhookDesk>();
        return services;
    }
}
