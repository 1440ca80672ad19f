using Brigade.Data.Entities;

namespace Brigade.Web.Features.Keys;

/// <summary>Scopes in words.</summary>
internal static class KeyWords
{
    public static string Of(ApiKeyScope scope) => scope switch
    {
        ApiKeyScope.Read => "read",
        ApiKeyScope.Write => "read, run and edit",
        ApiKeyScope.Admin => "do all that an admin may",
        _ => "connect a runner",
    };
}
