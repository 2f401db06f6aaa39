package tomltext

// This file defines what is right in TOML 1.1 and wrong in TOML 1.0. The
// library reads 1.1, the reference 1.0.

import (
	"bytes"

	"github.com/pelletier/go-toml/v2/unstable"
)

// checkEscapes rejects the escapes \e and \x41 in a string or key.
func (p *parser) checkEscapes(n *unstable.Node) error {
	raw := p.lib.Raw(n.Raw)
	if len(raw) == 0 || raw[0] != '"' {
		return nil
	}
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' {
			continue
		}
		i++ // the next byte may be a backslash, too
		if i < len(raw) && (raw[i] == 'e' || raw[i] == 'x') {
			who, quotes := "toml::parse_basic_string", `"`
			if bytes.HasPrefix(raw, []byte(`"""`)) {
				who, quotes = "toml::parse_ml_basic_string", `"""`
			}
			return errorAt(p.src, p.offset(n)+i-1, who+": invalid string format", "expected "+quotes, "")
		}
	}
	return nil
}

// checkOneLine rejects newlines and a comma at the end of an inline table.
// Newlines inside its values are not its own. The library does not say where
// an inline table ends, but where its keys and values do.
func (p *parser) checkOneLine(n *unstable.Node) error {
	at := p.offset(n) + 1 // behind the opening brace
	for it := n.Children(); it.Next(); {
		kv := it.Node()
		if gap := p.src[at:p.offset(kv)]; bytes.IndexByte(gap, '\n') >= 0 {
			return p.notOneLine(at)
		}
		at = p.end(kv)
	}
	at += len(p.src[at:]) - len(bytes.TrimLeft(p.src[at:], " \t"))
	if p.src[at] == ',' {
		return errorAt(p.src, at, "toml::parse_inline_table: trailing comma is not allowed in TOML-v1.0.0)", "here", "")
	}
	if p.src[at] != '}' {
		return p.notOneLine(at)
	}
	return nil
}

func (p *parser) notOneLine(at int) error {
	return errorAt(p.src, at, "toml::parse_inline_table: expected value-separator `,` or closing `}`", "here", "")
}
