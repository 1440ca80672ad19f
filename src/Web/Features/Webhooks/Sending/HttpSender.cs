using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Brigade.Contracts.Network;
using Brigade.Data.Entities;
using Brigade.Data.Queries;
using Microsoft.Extensions.Options;

namespace Brigade.Web.Features.Webhooks.Sending;

/// <summary>Sends a POST, signed where there is a secret. It follows no redirect, keeps no cookie, and connects only where the workspace may; a connection of its own each time, so that none is used by another workspace.</summary>
internal sealed class HttpSender(ITargetRules targets, IOptions<WebhookOptions> options, TimeProvider time) : ISender
{
    private const int MostHeaderKilobytes = 16;

    public bool Sends(WebhookFormat format) => format is WebhookFormat.Standard or WebhookFormat.Slack;

    public async Task<SendOutcome> SendAsync(Outgoing outgoing, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(options.Value.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            var rules = await targets.CurrentAsync(either.Token);
            using var handler = new GuardedConnector(() => rules).CreateHandler();
            handler.MaxResponseHeadersLength = MostHeaderKilobytes;
            using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
            using var request = Request(outgoing);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return Judge(response, await BeginningAsync(response, either.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new SendOutcome(IsDelivered: false, Status: null, string.Create(CultureInfo.InvariantCulture, $"There was no answer within {options.Value.Patience.TotalSeconds:0.#} s."));
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            return new SendOutcome(IsDelivered: false, Status: null, Refusal(problem) ?? problem.GetBaseException().Message);
        }
    }

    private HttpRequestMessage Request(Outgoing outgoing)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, outgoing.Target)
        {
            Content = new StringContent(outgoing.Due.Payload, Encoding.UTF8, new MediaTypeHeaderValue("application/json", "utf-8")),
        };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Brigade", typeof(HttpSender).Assembly.GetName().Version?.ToString(3) ?? "0"));
        if (outgoing.Secret.Length == 0)
            return request;
        var (id, at) = (WebhookSignature.IdOf(outgoing.Due.HappeningId), time.GetUtcNow());
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimestampHeader, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Of(outgoing.Secret, id, at, outgoing.Due.Payload));
        return request;
    }

    private SendOutcome Judge(HttpResponseMessage response, string beginning)
    {
        var after = response.Headers.RetryAfter;
        var wait = after?.Delta ?? (after?.Date is { } date ? date - time.GetUtcNow() : null);
        var text = (int)response.StatusCode is >= 300 and < 400 ? $"It answers with a redirect, which is not followed. {beginning}".TrimEnd() : beginning;
        return new SendOutcome(response.IsSuccessStatusCode, (int)response.StatusCode, text, wait, response.StatusCode == HttpStatusCode.Gone);
    }

    /// <summary>No more than is kept, whatever is sent.</summary>
    private static async Task<string> BeginningAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[DeliveryStore.LongestResponse];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private static string? Refusal(Exception problem)
    {
        for (var inner = problem; inner is not null; inner = inner.InnerException)
        {
            if (inner is AddressRefusedException)
                return inner.Message;
        }

        return null;
    }
}
