namespace Brigade.Runner.Remote;

/// <summary>The address of a server as users write it.</summary>
internal static class ServerAddress
{
    /// <summary>The address without what can follow a host and a path; it ends with a slash, so that paths are joined to it.</summary>
    /// <exception cref="FormatException">It is none; the message says how to write one.</exception>
    public static Uri Parse(string? text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            throw new FormatException($"'{text}' is not the address of a server; write it like https://brigade.example.org.");
        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw new FormatException("The address of a server has no user, query or fragment; write it like https://brigade.example.org.");
        return new Uri(uri.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
    }

    /// <summary>Whether what is sent there can be read on the way.</summary>
    public static bool IsInTheClear(Uri server) => server.Scheme == Uri.UriSchemeHttp && !server.IsLoopback;
}
