package flakeref

// This file defines URL.

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// A URL is a URL in parts, all decoded.
type URL struct {
	Scheme    string
	Authority *Authority // nil without "//"
	Path      []string   // what is between slashes: "/a" is "", "a"
	Query     map[string]string
	Fragment  string
}

// An Authority is what follows "//" in a URL.
type Authority struct {
	Host     string
	IsIP6    bool // or of a later version: written in brackets
	User     string
	HasUser  bool
	Password string
	HasPass  bool
	Port     int // 0 if there is none
}

// A BadURLError says that a text is not the URL that it should be. Parse then
// takes it for a path.
type BadURLError struct{ Msg string }

func (e *BadURLError) Error() string { return e.Msg }

// ErrorCode returns the code that evaluators give the error.
func (e *BadURLError) ErrorCode() string { return "flake-reference" }

func badURL(format string, args ...any) error { return &BadURLError{fmt.Sprintf(format, args...)} }

// Characters of the parts of a URL (RFC 3986) in addition to unreserved ones
// and those that are written with a percent sign.
const (
	subDelims     = "!$&'()*+,;="
	pathChars     = subDelims + ":@"
	queryChars    = pathChars + "/?[]"
	fragmentChars = pathChars + "/?#"
	// What the reference lets through although a URL should have it encoded.
	laxQuery    = " \""
	laxFragment = " \"^"
)

func isUnreserved(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

func isHex(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f' }

// valid reports whether s consists of what is unreserved, encoded or in chars.
func valid(s, chars string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '%':
			if i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]) {
				return false
			}
			i += 2
		case !isUnreserved(c) && strings.IndexByte(chars, c) < 0:
			return false
		}
	}
	return true
}

// decode decodes s, which is valid.
func decode(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' {
			n, _ := strconv.ParseUint(s[i+1:i+3], 16, 8)
			b.WriteByte(byte(n))
			i += 2
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// encode encodes all but what is unreserved or in keep.
func encode(s, keep string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; isUnreserved(c) || strings.IndexByte(keep, c) >= 0 {
			b.WriteByte(c)
		} else {
			writeByte(&b, c)
		}
	}
	return b.String()
}

// writeByte writes an encoded byte.
func writeByte(b *strings.Builder, c byte) {
	const hex = "0123456789ABCDEF"
	b.WriteByte('%')
	b.WriteByte(hex[c>>4])
	b.WriteByte(hex[c&15])
}

// encodeOnly encodes the characters in chars.
func encodeOnly(s, chars string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; strings.IndexByte(chars, c) >= 0 {
			writeByte(&b, c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// A Warner prints a warning.
type Warner func(format string, args ...any)

// ParseURL reads a URL. If lenient, query and fragment may have some characters
// that should be encoded.
func ParseURL(text string, lenient bool, warn Warner) (*URL, error) {
	invalid := badURL("'%s' is not a valid URL: leftover", text)
	rest, fragment, _ := strings.Cut(text, "#")
	rest, query, hasQuery := strings.Cut(rest, "?")
	if lenient {
		query, fragment = encodeOnly(query, laxQuery), encodeOnly(fragment, laxFragment)
	}
	if !valid(query, queryChars) || !valid(fragment, fragmentChars) {
		return nil, invalid
	}
	scheme, path, ok := strings.Cut(rest, ":")
	if !ok || !isScheme(scheme) {
		// A relative reference is well-formed, but of no use.
		first, _, _ := strings.Cut(rest, "/")
		if !valid(rest, pathChars+"/") || strings.Contains(first, ":") {
			return nil, invalid
		}
		return nil, badURL("'%s' doesn't have a scheme", text)
	}
	u := &URL{Scheme: scheme, Fragment: decode(fragment)}
	if authority, ok := strings.CutPrefix(path, "//"); ok {
		path = ""
		if i := strings.IndexByte(authority, '/'); i >= 0 {
			authority, path = authority[:i], authority[i:]
		}
		a, err := parseAuthority(authority, invalid)
		if err != nil {
			return nil, err
		}
		u.Authority = a
	}
	if !valid(path, pathChars+"/") {
		return nil, invalid
	}
	if _, transport := splitScheme(scheme); transport == "file" {
		if u.Authority != nil && u.Authority.Host != "" {
			return nil, badURL("file:// URL '%s' has unexpected authority '%s'", text, u.Authority)
		}
		if path == "" {
			path = "/"
		}
	}
	u.Path = strings.Split(path, "/")
	for i := range u.Path {
		u.Path[i] = decode(u.Path[i])
	}
	u.Query = map[string]string{}
	if hasQuery {
		var err error
		if u.Query, err = parseQuery(query, false, warn); err != nil {
			return nil, err
		}
	}
	return u, nil
}

func isScheme(s string) bool {
	for i := range len(s) {
		c := s[i]
		if letter := 'a' <= c|0x20 && c|0x20 <= 'z'; !letter && (i == 0 || !('0' <= c && c <= '9' || strings.IndexByte("+-.", c) >= 0)) {
			return false
		}
	}
	return s != ""
}

// splitScheme splits a scheme such as git+https.
func splitScheme(s string) (application, transport string) {
	if app, rest, ok := strings.Cut(s, "+"); ok {
		return app, rest
	}
	return "", s
}

func parseAuthority(text string, invalid error) (*Authority, error) {
	a := &Authority{}
	host := text
	if user, rest, ok := strings.Cut(text, "@"); ok {
		if !valid(user, subDelims+":") {
			return nil, invalid
		}
		var pass string
		user, pass, a.HasPass = strings.Cut(user, ":")
		a.User, a.Password, a.HasUser = decode(user), decode(pass), true
		host = rest
	}
	port, hasPort := "", false
	if rest, ok := strings.CutPrefix(host, "["); ok {
		addr, after, closed := strings.Cut(rest, "]")
		if !closed || !isIP6(addr) {
			return nil, invalid
		}
		if port, hasPort = strings.CutPrefix(after, ":"); after != "" && !hasPort {
			return nil, invalid
		}
		a.Host, a.IsIP6 = decode(addr), true
	} else {
		host, port, hasPort = strings.Cut(host, ":")
		if !valid(host, subDelims) {
			return nil, invalid
		}
		a.Host = decode(host)
	}
	if hasPort && port != "" {
		if strings.Trim(port, "0123456789") != "" {
			return nil, invalid
		}
		n, err := strconv.ParseUint(port, 10, 16)
		if err != nil || n == 0 {
			return nil, badURL("port '%s' is invalid", port)
		}
		a.Port = int(n)
	}
	return a, nil
}

// isIP6 reports whether s can be in brackets.
func isIP6(s string) bool {
	if strings.HasPrefix(s, "v") {
		version, rest, ok := strings.Cut(s[1:], ".")
		return ok && version != "" && strings.Trim(version, "0123456789abcdefABCDEF") == "" &&
			rest != "" && !strings.Contains(rest, "%") && valid(rest, subDelims+":")
	}
	addr, zone, hasZone := strings.Cut(s, "%25")
	ip, err := netip.ParseAddr(addr)
	return err == nil && ip.Is6() && ip.Zone() == "" && (!hasZone || zone != "" && valid(zone, ""))
}

// parseQuery reads what is between "?" and "#".
func parseQuery(query string, lenient bool, warn Warner) (map[string]string, error) {
	text := query
	if lenient {
		query = encodeOnly(query, laxQuery)
	}
	if !valid(query, queryChars) {
		return nil, badURL("invalid URI query '%s': leftover", text)
	}
	out := map[string]string{}
	if query == "" {
		return out, nil
	}
	for _, part := range strings.Split(query, "&") {
		key, value, ok := strings.Cut(part, "=")
		if !ok {
			warn("dubious URI query '%s' is missing equal sign '%s', ignoring", key, "=")
			continue
		}
		if key = decode(key); !has(out, key) {
			out[key] = decode(value)
		}
	}
	return out, nil
}

func has[V any](m map[string]V, key string) bool {
	_, ok := m[key]
	return ok
}

func (a *Authority) String() string {
	var b strings.Builder
	if a.HasUser {
		b.WriteString(encode(a.User, ""))
		if a.HasPass {
			b.WriteString(":" + encode(a.Password, ""))
		}
		b.WriteByte('@')
	}
	if a.IsIP6 {
		b.WriteString("[" + encode(a.Host, ":") + "]")
	} else {
		b.WriteString(encode(a.Host, ""))
	}
	if a.Port != 0 {
		fmt.Fprintf(&b, ":%d", a.Port)
	}
	return b.String()
}

// String returns the URL as text.
func (u *URL) String() string {
	var b strings.Builder
	b.WriteString(u.Scheme + ":")
	if u.Authority != nil {
		b.WriteString("//" + u.Authority.String())
	}
	for i, part := range u.Path {
		if i > 0 {
			b.WriteByte('/')
		}
		b.WriteString(encode(part, ":@"))
	}
	const keep = ":@/?"
	for i, name := range slices.Sorted(maps.Keys(u.Query)) {
		if i == 0 {
			b.WriteByte('?')
		} else {
			b.WriteByte('&')
		}
		b.WriteString(encode(name, keep) + "=" + encode(u.Query[name], keep))
	}
	if u.Fragment != "" {
		b.WriteString("#" + encode(u.Fragment, ""))
	}
	return b.String()
}

// segments returns the parts of the path that are not empty.
func (u *URL) segments() []string {
	return slices.DeleteFunc(slices.Clone(u.Path), func(s string) bool { return s == "" })
}

// FilePath returns the path of a file that the URL means.
func (u *URL) FilePath() (string, error) {
	for _, part := range u.Path {
		if strings.Contains(part, "/") {
			return "", badURL("URL path component '%s' contains '/', which is not allowed in file names", part)
		}
		if strings.Contains(part, "\x00") {
			return "", badURL("URL path component '%s' contains NUL byte which is not allowed", strings.ReplaceAll(part, "\x00", "␀"))
		}
	}
	parts := u.Path
	path := ""
	if len(parts) > 0 && parts[0] == "" {
		parts, path = parts[1:], "/"
	}
	for _, part := range parts {
		if path != "" && !strings.HasSuffix(path, "/") {
			path += "/"
		}
		path += part
	}
	return path, nil
}

// splitPath is the opposite of FilePath.
func splitPath(path string) []string {
	var parts []string
	if strings.HasPrefix(path, "/") {
		parts = append(parts, "")
	}
	for _, part := range strings.Split(path, "/") {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if path == "" || strings.HasSuffix(path, "/") {
		parts = append(parts, "")
	}
	return parts
}

// FixGitURL returns as a URL what Git takes for one: also a path, and
// user@host:path.
func FixGitURL(text string, warn Warner) (*URL, error) {
	if !strings.HasPrefix(text, "/") {
		text = fromSCP(text)
	}
	if !strings.HasPrefix(text, "file:") && !strings.HasPrefix(text, "git+file:") && !strings.Contains(text, "://") {
		path := strings.Split(text, "/")
		if strings.Contains(path[0], ":") {
			return nil, badURL("SCP-like URL '%s' is not supported; use SSH URL syntax instead (ssh://...)", text)
		}
		u := &URL{Scheme: "file", Path: path}
		if strings.HasPrefix(text, "/") {
			u.Authority = &Authority{}
		}
		return u, nil
	}
	u, err := ParseURL(text, false, warn)
	if err != nil {
		return nil, err
	}
	if app, transport := splitScheme(u.Scheme); app == "git" {
		u.Scheme = transport
	}
	return u, nil
}

// fromSCP returns user@host:path as a URL, and other texts as they are.
func fromSCP(text string) string {
	// The first @ has to stand before the first slash, but need not be the first.
	slash := strings.IndexByte(text, '/')
	if slash < 0 {
		slash = len(text)
	}
	colon := strings.LastIndexByte(text, ':')
	if strings.ContainsAny(text, "\n\r") || colon < 0 {
		return text
	}
	at := strings.LastIndexByte(text[:min(slash, colon)], '@')
	if at < 0 {
		return text
	}
	return "ssh://" + text[:at] + "@" + text[at+1:colon] + "/" + text[colon+1:]
}
