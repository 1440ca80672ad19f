using Brigade.Runner.Protocol;
using Brigade.Runner.TrialHosts.DotNet.Workloads;

namespace Brigade.Runner.TrialHosts.DotNet.Kernels;

/// <summary><c>io.http</c>: fetches a URL with GET and reads the whole body; connections are kept. Any status is a result; redirects are not followed.</summary>
internal sealed class IoHttp(KernelSettings settings, int timeoutMs = IoHttp.TimeoutMs) : HttpWorkload(Exchange(settings, timeoutMs), settings.Network)
{
    private const int TimeoutMs = 30_000;

    private static TrialHttp Exchange(KernelSettings settings, int timeoutMs)
    {
        var url = settings.Text("url");
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? new TrialHttp(url, "GET", new Dictionary<string, string>(StringComparer.Ordinal), Body: null, ExpectStatus: null, timeoutMs, KeepAlive: true, "1.1", VerifyCertificate: true)
            : throw new TrialFailedException($"io.http: the parameter `url` is `{url}`; it has to be an http:// or https:// address.");
    }
}
