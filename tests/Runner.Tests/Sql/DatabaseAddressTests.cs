using Brigade.Runner.Sql;
using Xunit;

namespace Brigade.Runner.Tests.Sql;

public sealed class DatabaseAddressTests
{
    [Theory]
    [InlineData("postgresql://me:se%3Bcret@db.example:6543/orders?sslmode=require", "database=orders host=db.example password=se;cret port=6543 sslmode=require user=me")]
    [InlineData("postgres://db", "host=db")]
    [InlineData("postgresql://me@[::1]/x", "database=x host=::1 user=me")]
    [InlineData("postgresql://me:a@/x?host=/var/run/postgresql", "database=x host=/var/run/postgresql password=a user=me")]
    [InlineData("Host=/tmp/x;Username=me;Password=\"a;b\";Database=x;SSL Mode=VerifyFull", "database=x host=/tmp/x password=a;b sslmode=verify-full user=me")]
    public void Parse_PostgreSql_GivesItsParts(string text, string expected)
    {
        var address = DatabaseAddress.Parse(text);

        Assert.Equal("postgresql", address.Provider);
        Assert.Equal(expected, string.Join(' ', address.Fields.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Theory]
    [InlineData("sqlite:///var/lib/a.db", "/var/lib/a.db")]
    [InlineData("sqlite:////var/lib/a.db", "/var/lib/a.db")]
    [InlineData("sqlite:///a%20b.db", "/a b.db")]
    [InlineData("Data Source=/a.db", "/a.db")]
    [InlineData("sqlite:///:memory:", ":memory:")]
    [InlineData("sqlite::memory:", ":memory:")]
    public void Parse_Sqlite_GivesItsPath(string text, string path)
    {
        var address = DatabaseAddress.Parse(text);

        Assert.Equal(("sqlite", path), (address.Provider, address.Fields["path"]));
    }

    [Theory]
    [InlineData("mysql://me:secret@db/x", "no scheme that is known")]
    [InlineData("secret", "in no form that is known")]
    [InlineData("postgresql://me:secret@db:http/x", "port is no number")]
    [InlineData("postgresql://me:secret@/x", "names no host")]
    [InlineData("postgresql://me:secret@a,b/x", "more than one host")]
    [InlineData("postgresql://me:secret@db/x?sslmode=secret", "sslmode is none of")]
    [InlineData("postgresql://me:secret@db/x?pool=3", "the setting 'pool', which is not known")]
    [InlineData("Host=db;Password=secret;Pooling=false", "the setting 'pooling', which is not known")]
    [InlineData("sqlite:", "names no file")]
    [InlineData("sqlite:///a?mode=secret", "takes no options")]
    public void Parse_WrongAddress_SaysWhatWithoutRepeatingIt(string text, string message)
    {
        var exception = Assert.Throws<FormatException>(() => DatabaseAddress.Parse(text));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret@", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_Address_HasNothingOfIt() => Assert.Equal("postgresql", DatabaseAddress.Parse("postgresql://me:secret@db/x").ToString());

    [Fact]
    public void Find_UnknownName_NamesTheVariable()
    {
        var exception = Assert.Throws<FormatException>(() => Connections.Find("orders-db", _ => null));

        Assert.Contains("set the environment variable BRIGADE_SQL_ORDERS_DB", exception.Message, StringComparison.Ordinal);
    }
}
