package fetch

// This file defines the schemes github, gitlab and sourcehut.

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/store/nixhash"
)

// A repository is what a reference to a forge names.
type repository struct {
	host, owner, repo string
	text              string // the reference as a URL, for messages
}

// A forgeKind is how the servers of one kind are asked.
type forgeKind interface {
	// host returns the usual host.
	host() string
	// token returns the header for an access token; "" for a token that is not valid.
	token(token string, warn flakeref.Warner) (name, value string)
	// revision returns what a branch or tag is at, with text to ask the server.
	revision(r *repository, ref string, text func(url string) ([]byte, error)) (string, error)
	// archive returns the URL of the archive of a revision.
	archive(r *repository, rev string, hasToken bool) string
}

// maxAnswer is the length of the longest answer about a revision, in bytes.
const maxAnswer = 64 << 20

// A forge fetches archives of revisions. A revision never changes, so its archive is
// fetched once; what a branch is at is asked again after the time that Env.TTL says.
type forge struct {
	f    *Fetcher
	kind forgeKind
}

func (s forge) Fetch(ctx context.Context, in *flakeref.Ref, env *Env) (*Tree, error) {
	attrs := in.All()
	text, err := in.Text(&flakeref.Parser{Warn: env.Warn})
	if err != nil {
		return nil, err
	}
	r := &repository{host: s.kind.host(), text: text}
	if host, ok := attrs["host"].(string); ok {
		r.host = host
	}
	r.owner, _ = attrs["owner"].(string)
	r.repo, _ = attrs["repo"].(string)
	header := s.header(r, env)

	rev, hasRev := attrs["rev"].(string)
	if !hasRev {
		ref, ok := attrs["ref"].(string)
		if !ok {
			ref = "HEAD"
		}
		rev, err = s.kind.revision(r, ref, func(url string) ([]byte, error) {
			return s.f.text(ctx, url, header, maxAnswer, env)
		})
		if err != nil {
			return nil, err
		}
	}
	hash, err := nixhash.Parse(rev, nixhash.SHA1)
	if err != nil {
		return nil, err
	}
	rev = hash.Text(nixhash.Base16)
	delete(attrs, "ref")
	attrs["rev"] = rev

	place := fmt.Sprintf("revision %s of %s/%s/%s", rev, r.host, r.owner, r.repo)
	n := s.f.cache.note(place)
	if n == nil {
		want, _, err := in.Attrs.NarHash()
		if err != nil {
			return nil, err
		}
		got, err := s.f.fetch(ctx, source{kind: "tree", url: s.kind.archive(r, rev, len(header) > 0), header: header, want: want}, env)
		if err != nil {
			return nil, err
		}
		got.Place = place
		s.f.cache.setNote(got)
		n = &got
	}
	tree, err := s.f.archiveTree(*n, attrs)
	if err == nil {
		tree.Fingerprint = rev
	}
	return tree, err
}

// header returns the header with the access token for a repository: the one for the
// longest part of HOST/OWNER/REPO; nil if there is none.
func (s forge) header(r *repository, env *Env) map[string]string {
	full := r.host + "/" + r.owner + "/" + r.repo
	for at := full; at != ""; {
		if token := s.f.opt.Tokens[at]; token != "" {
			name, value := s.kind.token(token, env.Warn)
			if name == "" {
				env.Warn("Unrecognized access token for host '%s'", r.host)
				return nil
			}
			return map[string]string{name: value}
		}
		i := strings.LastIndexByte(at, '/')
		if i < 0 {
			break
		}
		at = at[:i]
	}
	return nil
}

// escape returns a part of a reference as a part of a URL's path.
func escape(s string) string { return url.PathEscape(s) }

type github struct{}

func (github) host() string { return "github.com" }

func (github) token(token string, _ flakeref.Warner) (string, string) {
	return "Authorization", "token " + token
}

// api returns the URL of a repository for programs.
func (github) api(r *repository) string {
	base := "https://" + r.host + "/api/v3"
	if r.host == "github.com" {
		base = "https://api.github.com"
	}
	return base + "/repos/" + escape(r.owner) + "/" + escape(r.repo)
}

func (g github) revision(r *repository, ref string, text func(string) ([]byte, error)) (string, error) {
	data, err := text(g.api(r) + "/commits/" + escapeRef(ref))
	if err != nil {
		return "", err
	}
	var answer struct{ SHA string }
	if json.Unmarshal(data, &answer) != nil || answer.SHA == "" {
		return "", fileErrorf("in '%s', the server of GitHub said nothing about ref '%s'", r.text, ref)
	}
	return answer.SHA, nil
}

// escapeRef returns the name of a branch or tag as a part of a URL's path, with its slashes.
func escapeRef(ref string) string {
	parts := strings.Split(ref, "/")
	for i, p := range parts {
		parts[i] = escape(p)
	}
	return strings.Join(parts, "/")
}

// archive returns the URL for people, which no limit of requests is for, unless a token
// has to be shown.
func (g github) archive(r *repository, rev string, hasToken bool) string {
	if r.host == "github.com" && !hasToken {
		return "https://github.com/" + escape(r.owner) + "/" + escape(r.repo) + "/archive/" + rev + ".tar.gz"
	}
	return g.api(r) + "/tarball/" + rev
}

type gitlab struct{}

func (gitlab) host() string { return "gitlab.com" }

// token reads KIND:TOKEN, where KIND is OAuth2, PAT, or the name of a header.
func (gitlab) token(token string, warn flakeref.Warner) (string, string) {
	kind, value, _ := strings.Cut(token, ":")
	switch kind {
	case "OAuth2":
		return "Authorization", "Bearer " + value
	case "PAT":
		return "Private-token", value
	}
	warn("Unrecognized GitLab token type %s", kind)
	return kind, value
}

// api returns the URL of a repository for programs. The owner may be a group within
// others, whose slashes the reference forgets to escape.
func (gitlab) api(r *repository) string {
	return "https://" + r.host + "/api/v4/projects/" + escape(r.owner+"/"+r.repo) + "/repository"
}

func (g gitlab) revision(r *repository, ref string, text func(string) ([]byte, error)) (string, error) {
	data, err := text(g.api(r) + "/commits?ref_name=" + url.QueryEscape(ref))
	if err != nil {
		return "", err
	}
	var answer []struct{ ID string }
	switch {
	case json.Unmarshal(data, &answer) != nil || len(answer) > 0 && answer[0].ID == "":
		return "", fileErrorf("Unexpected response received from GitLab: %s", clip(data))
	case len(answer) == 0:
		return "", fileErrorf("in '%s', couldn't find ref '%s': No commits returned by GitLab API -- does the git ref really exist?", r.text, ref)
	}
	return answer[0].ID, nil
}

// clip returns the first part of an answer, for a message.
func clip(data []byte) string {
	const most = 200
	if len(data) > most {
		return string(data[:most]) + "…"
	}
	return string(data)
}

func (g gitlab) archive(r *repository, rev string, _ bool) string {
	return g.api(r) + "/archive.tar.gz?sha=" + rev
}

type sourcehut struct{}

func (sourcehut) host() string { return "git.sr.ht" }

func (sourcehut) token(token string, _ flakeref.Warner) (string, string) {
	return "Authorization", "Bearer " + token
}

func (sourcehut) base(r *repository) string {
	return "https://" + r.host + "/" + escape(r.owner) + "/" + escape(r.repo)
}

// revision reads what Git's servers have as plain files: HEAD names a branch, and
// info/refs says what branches and tags are at.
func (s sourcehut) revision(r *repository, ref string, text func(string) ([]byte, error)) (string, error) {
	names := []string{"refs/heads/" + ref, "refs/tags/" + ref}
	if ref == "HEAD" {
		head, err := text(s.base(r) + "/HEAD")
		if err != nil {
			return "", err
		}
		name, ok := strings.CutPrefix(strings.TrimSpace(string(head)), "ref:")
		if !ok {
			return "", fileErrorf("in '%s', couldn't resolve HEAD ref '%s'", r.text, ref)
		}
		names = []string{strings.TrimSpace(name)}
	}
	refs, err := text(s.base(r) + "/info/refs")
	if err != nil {
		return "", err
	}
	lines := bufio.NewScanner(bytes.NewReader(refs))
	for lines.Scan() {
		id, name, _ := strings.Cut(lines.Text(), "\t")
		for _, want := range names {
			if name == want {
				return id, nil
			}
		}
	}
	return "", fileErrorf("in '%s', couldn't find ref '%s'", r.text, ref)
}

func (s sourcehut) archive(r *repository, rev string, _ bool) string {
	return s.base(r) + "/archive/" + rev + ".tar.gz"
}
