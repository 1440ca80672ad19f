namespace Brigade.Web.Access;

/// <summary>Links that open Brigade in one browser, once.</summary>
public interface IOneTimeLinks
{
    /// <summary>A new link. Older ones stay good until they are used or expire.</summary>
    /// <param name="userId">Whom it signs in; the first owner where null.</param>
    OneTimeLink Create(Guid? userId = null);

    /// <summary>Uses a token up; false where it is unknown, expired or used.</summary>
    /// <param name="userId">Whom it signs in; null for the first owner.</param>
    bool Redeem(string token, out Guid? userId);
}

/// <param name="Path">Path below the server's address, for example <c>/open/…</c>.</param>
public sealed record OneTimeLink(string Path, DateTimeOffset ExpiresAt);

/// <summary>A link as the API answers it.</summary>
/// <param name="Url">Whole address; it works once, for one browser.</param>
public sealed record LinkResponse(string Url, DateTimeOffset ExpiresAt);

/// <summary>Kept in memory: a restart makes all links invalid and prints a new one.</summary>
internal sealed class OneTimeLinks(TimeProvider time) : IOneTimeLinks
{
    public const string Prefix = "/open/";

    private const int MostOutstanding = 100;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly List<(Secret Secret, DateTimeOffset ExpiresAt, Guid? UserId)> _links = [];

    public OneTimeLink Create(Guid? userId = null)
    {
        var token = Secret.NewToken();
        var expiresAt = time.GetUtcNow() + Lifetime;
        lock (_gate)
        {
            DropExpired();
            if (_links.Count == MostOutstanding)
                _links.RemoveAt(0);
            _links.Add((new Secret(token), expiresAt, userId));
        }

        return new OneTimeLink(Prefix + token, expiresAt);
    }

    public bool Redeem(string token) => Redeem(token, out _);

    public bool Redeem(string token, out Guid? userId)
    {
        lock (_gate)
        {
            DropExpired();
            var index = _links.FindIndex(link => link.Secret.Matches(token));
            userId = index < 0 ? null : _links[index].UserId;
            if (index >= 0)
                _links.RemoveAt(index);
            return index >= 0;
        }
    }

    private void DropExpired() => _links.RemoveAll(link => link.ExpiresAt <= time.GetUtcNow());
}
