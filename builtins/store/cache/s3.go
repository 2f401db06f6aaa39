package cache

// This file defines buckets of S3: their URLs, and the signature (version 4) of
// requests.

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Credentials are the keys for a bucket.
type Credentials struct {
	AccessKey, SecretKey string
	SessionToken         string // "" if the keys have none
}

// bucketParameters are the parameters of s3:// URLs alone.
var bucketParameters = []string{"region", "endpoint", "scheme", "profile", "addressing-style"}

// bucket makes w the bucket that its URL names.
func (w *web) bucket(query url.Values, credentials func(string) (Credentials, error)) error {
	region := cmp.Or(query.Get("region"), "us-east-1")
	scheme := cmp.Or(query.Get("scheme"), "https")
	name := w.base.Host
	base := &url.URL{Scheme: scheme, Host: name + ".s3." + region + ".amazonaws.com", Path: w.base.Path}
	if endpoint := query.Get("endpoint"); endpoint != "" {
		base.Host, base.Path = endpoint, "/"+name+w.base.Path
		if full, err := url.Parse(endpoint); err == nil && full.Host != "" {
			base.Scheme, base.Host = full.Scheme, full.Host
		}
	}
	w.base = base
	if credentials == nil {
		return nil
	}
	keys, err := credentials(query.Get("profile"))
	if err != nil || keys.AccessKey == "" {
		return err
	}
	w.sign = func(r *http.Request, payload [sha256.Size]byte) { sign(r, payload, keys, region, time.Now()) }
	return nil
}

// sign signs a request, whose body has the hash payload.
func sign(r *http.Request, payload [sha256.Size]byte, keys Credentials, region string, now time.Time) {
	stamp := now.UTC().Format("20060102T150405Z")
	day := stamp[:8]
	r.Header.Set("X-Amz-Date", stamp)
	r.Header.Set("X-Amz-Content-Sha256", hex.EncodeToString(payload[:]))
	if keys.SessionToken != "" {
		r.Header.Set("X-Amz-Security-Token", keys.SessionToken)
	}
	headers := map[string]string{"host": cmp.Or(r.Host, r.URL.Host)}
	for name := range r.Header {
		if lower := strings.ToLower(name); strings.HasPrefix(lower, "x-amz-") || lower == "range" {
			headers[lower] = strings.TrimSpace(r.Header.Get(name))
		}
	}
	var names []string
	for name := range headers {
		names = append(names, name)
	}
	slices.Sort(names)
	var canonical strings.Builder
	canonical.WriteString(r.Method + "\n" + encodePath(r.URL.Path) + "\n" + strings.ReplaceAll(r.URL.Query().Encode(), "+", "%20") + "\n")
	for _, name := range names {
		canonical.WriteString(name + ":" + headers[name] + "\n")
	}
	signed := strings.Join(names, ";")
	canonical.WriteString("\n" + signed + "\n" + hex.EncodeToString(payload[:]))
	scope := day + "/" + region + "/s3/aws4_request"
	sum := sha256.Sum256([]byte(canonical.String()))
	text := "AWS4-HMAC-SHA256\n" + stamp + "\n" + scope + "\n" + hex.EncodeToString(sum[:])
	key := []byte("AWS4" + keys.SecretKey)
	for _, part := range []string{day, region, "s3", "aws4_request", text} {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(part))
		key = mac.Sum(nil)
	}
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential="+keys.AccessKey+"/"+scope+", SignedHeaders="+signed+", Signature="+hex.EncodeToString(key))
}

// encodePath returns a path as signatures have it: everything but letters, digits
// and a few signs is escaped.
func encodePath(path string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for _, c := range []byte(path) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~/", c) >= 0 {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		}
	}
	return b.String()
}
