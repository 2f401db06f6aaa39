package cache

// This file defines Open, and the parameters of URLs.

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/builtins/store/compression"
	"github.com/firn-lang/firn/builtins/store/signature"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// Options are what Open needs besides a URL.
type Options struct {
	Dir    storepath.Dir // the store directory; "" is the usual one
	Client *http.Client  // sends requests; nil: there is no network
	// Credentials returns the keys for a bucket, with the profile that the URL
	// names; nil, or an empty key: requests are not signed.
	Credentials func(profile string) (Credentials, error)
	// Warn, if not nil, is told of parameters that are not known.
	Warn func(text string)
}

// ErrNoNetwork is the error of a URL that needs a client where there is none.
var ErrNoNetwork = errors.New("there is no network here")

// unused are parameters of the reference that have no effect here.
var unused = []string{
	"path-info-cache-size", "local-nar-cache", "parallel-compression", "system-features", "narinfo-compression",
	"ls-compression", "log-compression", "multipart-upload", "multipart-threshold", "multipart-chunk-size", "buffer-size",
}

// A setter sets what one parameter says.
type setter func(s *Store, value string) error

// setters are the parameters of all caches, but those of S3.
var setters = map[string]setter{
	"store": func(s *Store, v string) error { s.dir = storepath.Dir(v); return nil },
	"compression": func(s *Store, v string) (err error) {
		if s.method, err = compression.Parse(v); err != nil {
			err = &ParamError{Name: "compression", Value: v, Choices: compression.Names()}
		}
		return err
	},
	"compression-level": func(s *Store, v string) (err error) {
		s.options.Level, err = number("compression-level", v)
		return err
	},
	"secret-key": func(s *Store, v string) error { return s.addKey(v) },
	"secret-keys": func(s *Store, v string) error {
		for file := range strings.SplitSeq(v, ",") {
			if err := s.addKey(file); err != nil {
				return err
			}
		}
		return nil
	},
	"trusted":           func(s *Store, v string) error { return truth("trusted", v, &s.trusted) },
	"write-nar-listing": func(s *Store, v string) error { return truth("write-nar-listing", v, &s.listings) },
	"index-debug-info":  func(s *Store, v string) error { return truth("index-debug-info", v, &s.debug) },
	"priority": func(s *Store, v string) error {
		n, err := number("priority", v)
		s.priority = &n
		return err
	},
	"want-mass-query": func(s *Store, v string) error {
		s.mass = new(bool)
		return truth("want-mass-query", v, s.mass)
	},
}

// number reads a parameter that is a number.
func number(name, value string) (int, error) {
	n, err := strconv.Atoi(value)
	if err != nil {
		return 0, fmt.Errorf("setting '%s' has invalid value '%s'", name, value)
	}
	return n, nil
}

// A ParamError says that a parameter of a URL has a value that it cannot have.
type ParamError struct {
	Name, Value string
	Choices     []string // what it can be
}

func (e *ParamError) Error() string {
	return fmt.Sprintf("option '%s' has invalid value '%s'", e.Name, e.Value)
}

// truth reads a parameter that is true or false.
func truth(name, value string, to *bool) error {
	switch value {
	case "true", "yes", "1":
		*to = true
	case "false", "no", "0":
		*to = false
	default:
		//lint:ignore ST1005 the reference's words
		return fmt.Errorf("Boolean setting '%s' has invalid value '%s'", name, value)
	}
	return nil
}

// addKey reads the file of a secret key.
func (s *Store) addKey(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	key, err := signature.ParseSecretKey(string(text))
	if err != nil {
		return err
	}
	s.keys = append(s.keys, key)
	return nil
}

// Open returns the store at a URL: file://, http://, https:// or s3://, with the
// reference's parameters behind it. It sends nothing, and makes nothing; the key
// files that parameters name are read.
func Open(ref string, o Options) (*Store, error) {
	u, err := url.Parse(ref)
	if err != nil {
		return nil, err
	}
	s := &Store{dir: o.Dir, method: compression.XZ, answers: map[string]answer{}}
	if s.dir == "" {
		s.dir = storepath.DefaultDir
	}
	query := u.Query()
	u.RawQuery = ""
	s.uri = u.String()
	switch u.Scheme {
	case "file":
		s.files = folder(filepath.FromSlash(u.Path))
	case "http", "https", "s3":
		if o.Client == nil {
			return nil, fmt.Errorf("cannot open '%s': %w", s.uri, ErrNoNetwork)
		}
		w := &web{client: o.Client, base: u, stall: stallTimeout, connect: connectTimeout}
		s.files = w
		if u.Scheme == "s3" {
			if err := w.bucket(query, o.Credentials); err != nil {
				return nil, err
			}
		}
	default:
		return nil, fmt.Errorf("'%s' is not the URL of a binary cache", ref)
	}
	for name, values := range query {
		set, known := setters[name]
		switch {
		case known:
			if err := set(s, values[len(values)-1]); err != nil {
				return nil, err
			}
		case u.Scheme == "s3" && slices.Contains(bucketParameters, name), slices.Contains(unused, name):
		case o.Warn != nil:
			o.Warn(fmt.Sprintf("unknown setting '%s'", name))
		}
	}
	return s, nil
}
