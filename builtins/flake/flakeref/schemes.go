package flakeref

// This file defines the kinds of references: which URLs and attributes each
// has.

import (
	"strconv"
	"strings"

	"github.com/firn-lang/firn/builtins/store/nixhash"
)

// A scheme is a kind of reference.
type scheme struct {
	name    string
	feature string   // without which it is not there, or ""
	allowed []string // attributes, but for type
	// fromURL returns nil if the URL is not one of the scheme.
	fromURL   func(p *Parser, u *URL) (Attrs, error)
	fromAttrs func(p *Parser, a Attrs) (Attrs, error)
	toURL     func(p *Parser, a Attrs) (*URL, error)
}

// schemes returns all schemes, in the order in which they are asked.
func schemes() []scheme {
	curl := []string{"url", "narHash", "name", "unpack", "rev", "revCount", "lastModified"}
	archive := func(name string) scheme {
		return scheme{
			name: name, feature: "flakes",
			allowed: []string{"owner", "repo", "ref", "rev", "narHash", "lastModified", "host", "treeHash"},
			fromURL: func(p *Parser, u *URL) (Attrs, error) { return archiveFromURL(p, name, u) }, fromAttrs: archiveFromAttrs, toURL: archiveToURL,
		}
	}
	download := func(name string) scheme {
		return scheme{
			name: name, allowed: curl,
			fromURL: func(p *Parser, u *URL) (Attrs, error) { return curlFromURL(p, name, curl, u), nil }, fromAttrs: anyAttrs, toURL: curlToURL,
		}
	}
	return []scheme{
		download("file"),
		{
			name: "git",
			allowed: []string{
				"url", "ref", "rev", "shallow", "submodules", "lfs", "exportIgnore", "lastModified", "revCount", "narHash",
				"allRefs", "name", "dirtyRev", "dirtyShortRev", "verifyCommit", "keytype", "publicKey", "publicKeys",
			},
			fromURL: gitFromURL, fromAttrs: gitFromAttrs, toURL: gitToURL,
		},
		archive("github"),
		archive("gitlab"),
		{
			name: "hg", allowed: []string{"url", "ref", "rev", "revCount", "narHash", "name"},
			fromURL: hgFromURL, fromAttrs: hgFromAttrs, toURL: hgToURL,
		},
		{
			name: "indirect", feature: "flakes", allowed: []string{"id", "ref", "rev", "narHash"},
			fromURL: indirectFromURL, fromAttrs: indirectFromAttrs, toURL: indirectToURL,
		},
		{
			name: "path", feature: "flakes", allowed: []string{"path", "rev", "revCount", "lastModified", "narHash"},
			fromURL: pathFromURL, fromAttrs: pathFromAttrs, toURL: pathToURL,
		},
		archive("sourcehut"),
		download("tarball"),
	}
}

func anyAttrs(_ *Parser, a Attrs) (Attrs, error) { return a, nil }

// isArchive reports whether u ends as archives do.
func isArchive(u *URL) bool {
	if len(u.Path) == 0 {
		return false
	}
	for _, suffix := range []string{".zip", ".tar", ".tgz", ".tar.gz", ".tar.xz", ".tar.bz2", ".tar.zst"} {
		if strings.HasSuffix(u.Path[len(u.Path)-1], suffix) {
			return true
		}
	}
	return false
}

// curlFromURL makes the attributes of a tarball or a single file, as name says. A URL without
// a scheme of its own in front is a tarball if a tree is wanted or if it looks like one.
func curlFromURL(p *Parser, name string, allowed []string, u *URL) Attrs {
	app, transport := splitScheme(u.Scheme)
	if transport != "file" && transport != "http" && transport != "https" {
		return nil
	}
	plain := "tarball"
	if p.single && !isArchive(u) {
		plain = "file"
	}
	if app != name && (strings.Contains(u.Scheme, "+") || name != plain) {
		return nil
	}
	a := Attrs{"type": name}
	v := u.clone()
	v.Scheme = transport
	for _, key := range allowed {
		value, ok := u.Query[key]
		delete(v.Query, key)
		if !ok {
			continue
		}
		switch key {
		case "narHash", "rev":
			a[key] = value
		case "revCount", "lastModified":
			if n, ok := parseUint(value); ok {
				a[key] = n
			}
		}
	}
	a["url"] = v.String()
	return a
}

// parseUint reads a decimal number.
func parseUint(s string) (uint64, bool) {
	n, err := strconv.ParseUint(strings.TrimPrefix(s, "+"), 10, 64)
	return n, err == nil
}

func curlToURL(p *Parser, a Attrs) (*URL, error) {
	url, err := a.text("url")
	if err != nil {
		return nil, err
	}
	u, err := ParseURL(url, false, p.warn)
	if err != nil {
		return nil, err
	}
	return u, a.addNarHash(u)
}

func gitFromURL(p *Parser, u *URL) (Attrs, error) {
	if app, _ := splitScheme(u.Scheme); u.Scheme != "git" && app != "git" {
		return nil, nil
	}
	v := u.clone()
	clear(v.Query)
	a := Attrs{"type": "git"}
	for name, value := range u.Query {
		switch name {
		case "rev", "ref", "keytype", "publicKey", "publicKeys":
			a[name] = value
		case "shallow", "submodules", "lfs", "exportIgnore", "allRefs", "verifyCommit":
			a[name] = value == "1"
		default:
			v.Query[name] = value
		}
	}
	if !has(a, "url") {
		a["url"] = v.String()
	}
	return gitFromAttrs(p, a)
}

func gitFromAttrs(p *Parser, a Attrs) (Attrs, error) {
	for _, name := range []string{"keytype", "publicKey", "publicKeys", "verifyCommit"} {
		if has(a, name) {
			if err := p.require("verified-fetches"); err != nil {
				return nil, err
			}
		}
	}
	if _, err := a.flag("verifyCommit"); err != nil {
		return nil, err
	}
	ref, ok, err := a.maybeText("ref")
	if err != nil {
		return nil, err
	}
	if ok && !isRefName(ref) {
		return nil, badURL("invalid Git branch/tag name '%s'", ref)
	}
	url, err := a.text("url")
	if err != nil {
		return nil, err
	}
	u, err := FixGitURL(url, p.warn)
	if err != nil {
		return nil, err
	}
	a["url"] = u.String()
	for _, name := range []string{"shallow", "submodules", "allRefs"} {
		if _, err := a.flag(name); err != nil {
			return nil, err
		}
	}
	return a, nil
}

func gitToURL(p *Parser, a Attrs) (*URL, error) {
	url, err := a.text("url")
	if err != nil {
		return nil, err
	}
	u, err := ParseURL(url, false, p.warn)
	if err != nil {
		return nil, err
	}
	if u.Scheme != "git" {
		u.Scheme = "git+" + u.Scheme
	}
	if err := a.addRevision(u); err != nil {
		return nil, err
	}
	for _, name := range []string{"shallow", "lfs", "submodules", "exportIgnore", "verifyCommit"} {
		on, err := a.flag(name)
		if err != nil {
			return nil, err
		}
		if on {
			u.Query[name] = "1"
		}
	}
	key, ok, err := a.maybeText("publicKey")
	if err != nil {
		return nil, err
	}
	if ok {
		kind, ok, err := a.maybeText("keytype")
		if err != nil {
			return nil, err
		}
		if !ok {
			kind = "ssh-ed25519"
		}
		u.Query["keytype"], u.Query["publicKey"] = kind, key
	}
	return u, nil
}

// addRevision adds rev and ref to the query of u.
func (a Attrs) addRevision(u *URL) error {
	rev, ok, err := a.revision()
	if err != nil {
		return err
	}
	if ok {
		u.Query["rev"] = rev
	}
	ref, ok, err := a.maybeText("ref")
	if ok {
		u.Query["ref"] = ref
	}
	return err
}

func archiveFromURL(p *Parser, name string, u *URL) (Attrs, error) {
	if u.Scheme != name {
		return nil, nil
	}
	path := u.segments()
	if len(path) < 2 {
		return nil, badURL("URL '%s' is invalid", u)
	}
	a := Attrs{"type": name, "owner": path[0], "repo": path[1]}
	if len(path) > 2 {
		key := "ref"
		if len(path) == 3 && isRevision(path[2]) {
			key = "rev"
		}
		a[key] = strings.Join(path[2:], "/")
	}
	for _, q := range []struct{ name, words string }{{"ref", "branch/tag names"}, {"rev", "commit hashes"}} {
		if value, ok := u.Query[q.name]; ok {
			if has(a, q.name) {
				return nil, badURL("URL '%s' contains multiple %s", u, q.words)
			}
			a[q.name] = value
		}
	}
	for _, name := range []string{"host", "narHash"} {
		if value, ok := u.Query[name]; ok {
			a[name] = value
		}
	}
	return archiveFromAttrs(p, a)
}

func archiveFromAttrs(_ *Parser, a Attrs) (Attrs, error) {
	for _, name := range []string{"owner", "repo"} {
		if _, err := a.text(name); err != nil {
			return nil, err
		}
	}
	ref, hasRef, err := a.maybeText("ref")
	if err != nil {
		return nil, err
	}
	rev, hasRev, err := a.maybeText("rev")
	if err != nil {
		return nil, err
	}
	if hasRef && hasRev {
		return nil, badURL("input %s contains both a commit hash ('%s') and a branch/tag name ('%s')", a, rev, ref)
	}
	if hasRev {
		if _, err := nixhash.Parse(rev, nixhash.SHA1); err != nil {
			return nil, err
		}
	}
	if hasRef && !isRefName(ref) {
		return nil, badURL("input %s contains an invalid branch/tag name", a)
	}
	host, ok, err := a.maybeText("host")
	if err != nil {
		return nil, err
	}
	for i := range len(host) {
		if ok && (!isUnreserved(host[i]) || host[i] == '_' || host[i] == '~') {
			return nil, badURL("input %s contains an invalid instance host", a)
		}
	}
	return a, nil
}

func archiveToURL(_ *Parser, a Attrs) (*URL, error) {
	u := &URL{Scheme: a["type"].(string), Query: map[string]string{}}
	for _, name := range []string{"owner", "repo"} {
		text, err := a.text(name)
		if err != nil {
			return nil, err
		}
		u.Path = append(u.Path, text)
	}
	ref, ok, err := a.maybeText("ref")
	if err != nil {
		return nil, err
	}
	if ok {
		u.Path = append(u.Path, ref)
	}
	rev, ok, err := a.revision()
	if err != nil {
		return nil, err
	}
	if ok {
		u.Path = append(u.Path, rev)
	}
	if err := a.addNarHash(u); err != nil {
		return nil, err
	}
	host, ok, err := a.maybeText("host")
	if ok {
		u.Query["host"] = host
	}
	return u, err
}

func hgFromURL(p *Parser, u *URL) (Attrs, error) {
	switch u.Scheme {
	case "hg+http", "hg+https", "hg+ssh", "hg+file":
	default:
		return nil, nil
	}
	v := u.clone()
	v.Scheme = strings.TrimPrefix(v.Scheme, "hg+")
	a := Attrs{"type": "hg"}
	for _, name := range []string{"rev", "ref"} {
		if value, ok := u.Query[name]; ok {
			a[name] = value
			delete(v.Query, name)
		}
	}
	a["url"] = v.String()
	return hgFromAttrs(p, a)
}

func hgFromAttrs(p *Parser, a Attrs) (Attrs, error) {
	url, err := a.text("url")
	if err != nil {
		return nil, err
	}
	if _, err := ParseURL(url, false, p.warn); err != nil {
		return nil, err
	}
	ref, ok, err := a.maybeText("ref")
	if err != nil {
		return nil, err
	}
	if ok && !isRef(ref) {
		return nil, badURL("invalid Mercurial branch/tag name '%s'", ref)
	}
	return a, nil
}

func hgToURL(p *Parser, a Attrs) (*URL, error) {
	url, err := a.text("url")
	if err != nil {
		return nil, err
	}
	u, err := ParseURL(url, false, p.warn)
	if err != nil {
		return nil, err
	}
	u.Scheme = "hg+" + u.Scheme
	return u, a.addRevision(u)
}

func indirectFromURL(_ *Parser, u *URL) (Attrs, error) {
	if u.Scheme != "flake" {
		return nil, nil
	}
	path := u.segments()
	if len(path) == 0 || len(path) > 3 {
		return nil, badURL("GitHub URL '%s' is invalid", u)
	}
	a := Attrs{"type": "indirect", "id": path[0]}
	switch {
	case len(path) == 2 && isRevision(path[1]):
		a["rev"] = strings.ToLower(path[1])
	case len(path) == 2:
		if !isRefName(path[1]) {
			return nil, badURL("in flake URL '%s', '%s' is not a commit hash or branch/tag name", u, path[1])
		}
		a["ref"] = path[1]
	case len(path) == 3:
		if !isRefName(path[1]) {
			return nil, badURL("in flake URL '%s', '%s' is not a branch/tag name", u, path[1])
		}
		if !isRevision(path[2]) {
			return nil, badURL("in flake URL '%s', '%s' is not a commit hash", u, path[2])
		}
		a["ref"], a["rev"] = path[1], strings.ToLower(path[2])
	}
	if !IsID(path[0]) {
		return nil, badURL("'%s' is not a valid flake ID", path[0])
	}
	return a, nil
}

func indirectFromAttrs(_ *Parser, a Attrs) (Attrs, error) {
	id, err := a.text("id")
	if err != nil {
		return nil, err
	}
	if !IsID(id) {
		return nil, badURL("'%s' is not a valid flake ID", id)
	}
	return a, nil
}

func indirectToURL(_ *Parser, a Attrs) (*URL, error) {
	id, err := a.text("id")
	if err != nil {
		return nil, err
	}
	u := &URL{Scheme: "flake", Path: []string{id}}
	ref, ok, err := a.maybeText("ref")
	if err != nil {
		return nil, err
	}
	if ok {
		u.Path = append(u.Path, ref)
	}
	rev, ok, err := a.revision()
	if ok {
		u.Path = append(u.Path, rev)
	}
	return u, err
}

func pathFromURL(_ *Parser, u *URL) (Attrs, error) {
	if u.Scheme != "path" {
		return nil, nil
	}
	if u.Authority != nil && u.Authority.Host != "" {
		return nil, errorf("path URL '%s' should not have an authority ('%s')", u, u.Authority)
	}
	path, err := u.FilePath()
	if err != nil {
		return nil, err
	}
	a := Attrs{"type": "path", "path": path}
	for _, name := range sortedKeys(u.Query) {
		value := u.Query[name]
		switch name {
		case "rev", "narHash":
			a[name] = value
		case "revCount", "lastModified":
			n, ok := parseUint(value)
			if !ok {
				return nil, errorf("path URL '%s' has invalid parameter '%s'", u, name)
			}
			a[name] = n
		default:
			return nil, errorf("path URL '%s' has unsupported parameter '%s'", u, name)
		}
	}
	return a, nil
}

func pathFromAttrs(_ *Parser, a Attrs) (Attrs, error) {
	_, err := a.text("path")
	return a, err
}

func pathToURL(_ *Parser, a Attrs) (*URL, error) {
	path, err := a.text("path")
	if err != nil {
		return nil, err
	}
	u := &URL{Scheme: "path", Path: strings.Split(path, "/"), Query: map[string]string{}}
	for name, value := range a {
		switch name {
		case "path", "type", final:
			continue
		}
		switch v := value.(type) {
		case string:
			u.Query[name] = v
		case uint64:
			u.Query[name] = strconv.FormatUint(v, 10)
		case bool:
			u.Query[name] = "0"
			if v {
				u.Query[name] = "1"
			}
		}
	}
	return u, nil
}
