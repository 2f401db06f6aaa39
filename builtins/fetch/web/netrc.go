package web

// This file defines how netrc files are read.

import (
	"net/http"
	"strings"
)

// A netrc is the passwords of a netrc file, by host; "" is for any other host.
type netrc map[string]account

type account struct{ login, password string }

// parseNetRC reads a netrc file: words, of which "machine NAME" or "default" begin an
// entry. Macros, which end with an empty line, are skipped, as is what is not known.
func parseNetRC(text string) netrc {
	out := netrc{}
	host, here := "", false
	for text != "" {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		words := strings.Fields(line)
		for i := 0; i < len(words); i++ {
			word := words[i]
			if strings.HasPrefix(word, "#") {
				break
			}
			switch word {
			case "default":
				host, here = "", true
				continue
			case "macdef":
				_, text, _ = strings.Cut(text, "\n\n")
				i = len(words)
				continue
			case "machine", "login", "password", "account":
			default:
				continue
			}
			for i++; i == len(words) && text != ""; i = 0 { // the value is on a further line
				line, text, _ = strings.Cut(text, "\n")
				words = strings.Fields(line)
			}
			if i >= len(words) {
				break
			}
			value := words[i]
			if word == "machine" {
				host, here = strings.ToLower(value), true
				if _, twice := out[host]; twice { // the first one counts
					here = false
				}
				continue
			}
			if a := out[host]; here {
				switch word {
				case "login":
					a.login = value
				case "password":
					a.password = value
				}
				out[host] = a
			}
		}
	}
	return out
}

// login adds what the server of r has to know, unless the request says who asks.
func (n netrc) login(r *http.Request) {
	if r.Header.Get("Authorization") != "" || r.URL.User != nil {
		return
	}
	a, ok := n[strings.ToLower(r.URL.Hostname())]
	if !ok {
		a, ok = n[""]
	}
	if ok {
		r.SetBasicAuth(a.login, a.password)
	}
}
