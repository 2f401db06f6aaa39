package repo

// This file defines files of configuration.

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// A Config is what a file of configuration says. Sections and names of variables are in lower case;
// subsections are as written.
type Config struct {
	vars []variable
}

type variable struct {
	section, subsection, name, value string
	bare                             bool // there is no "=", which stands for true
}

// maxConfig is the size in bytes of the largest file of configuration that is read.
const maxConfig = 8 << 20

// readConfig reads a file. One that does not exist says nothing.
func readConfig(name string) (*Config, error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return &Config{}, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxConfig+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxConfig {
		return nil, fmt.Errorf("'%s' is larger than %d bytes", name, maxConfig)
	}
	c, err := ParseConfig(string(text))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return c, nil
}

// ParseConfig reads the text of a file of configuration. Files that it includes are not read.
func ParseConfig(text string) (*Config, error) {
	p := configParser{text: strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n"), line: 1}
	c := &Config{}
	for {
		p.space(true)
		switch {
		case p.at == len(p.text):
			return c, nil
		case p.peek() == '#' || p.peek() == ';':
			p.comment()
		case p.peek() == '[':
			if err := p.header(); err != nil {
				return nil, err
			}
		default:
			v, err := p.variable()
			if err != nil {
				return nil, err
			}
			c.vars = append(c.vars, v)
		}
	}
}

// A configParser reads a file of configuration from its beginning on.
type configParser struct {
	text                string
	at                  int // offset in text
	line                int // counted from 1
	section, subsection string
}

func (p *configParser) errorf(format string, args ...any) error {
	return fmt.Errorf("line %d: %s", p.line, fmt.Sprintf(format, args...))
}

// peek returns the next byte, 0 at the end.
func (p *configParser) peek() byte {
	if p.at == len(p.text) {
		return 0
	}
	return p.text[p.at]
}

// space passes over blanks, and with lines over ends of lines too.
func (p *configParser) space(lines bool) {
	for ; p.at < len(p.text); p.at++ {
		switch c := p.text[p.at]; {
		case c == '\n' && lines:
			p.line++
		case c != ' ' && c != '\t':
			return
		}
	}
}

// comment passes over the rest of a line.
func (p *configParser) comment() {
	if i := strings.IndexByte(p.text[p.at:], '\n'); i >= 0 {
		p.at += i
	} else {
		p.at = len(p.text)
	}
}

// header reads the head of a section: [a], [a "b"] or [a.b].
func (p *configParser) header() error {
	p.at++
	start := p.at
	for c := p.peek(); isNameByte(c) || c == '.'; c = p.peek() {
		p.at++
	}
	name := strings.ToLower(p.text[start:p.at])
	p.section, p.subsection, _ = strings.Cut(name, ".")
	if p.section == "" {
		return p.errorf("a section has no name")
	}
	if c := p.peek(); c == ' ' || c == '\t' {
		p.space(false)
		if p.peek() != '"' {
			return p.errorf("the name of a section is damaged")
		}
		var b strings.Builder
		for p.at++; p.peek() != '"'; p.at++ {
			if p.peek() == '\\' {
				p.at++
			}
			if c := p.peek(); c == 0 || c == '\n' {
				return p.errorf("the name of a section has no end")
			}
			b.WriteByte(p.peek())
		}
		p.at++
		p.subsection = b.String()
	}
	if p.peek() != ']' {
		return p.errorf("the name of a section is damaged")
	}
	p.at++
	return nil
}

func isNameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-'
}

// variable reads a variable with its value.
func (p *configParser) variable() (variable, error) {
	start := p.at
	for isNameByte(p.peek()) {
		p.at++
	}
	v := variable{section: p.section, subsection: p.subsection, name: strings.ToLower(p.text[start:p.at])}
	if v.name == "" || v.section == "" {
		return v, p.errorf("not a variable")
	}
	p.space(false)
	switch p.peek() {
	case 0, '\n', '#', ';':
		v.bare = true
		return v, nil
	case '=':
		p.at++
	default:
		return v, p.errorf("variable '%s' is damaged", v.name)
	}
	p.space(false)
	var err error
	v.value, err = p.value()
	return v, err
}

// value reads a value up to the end of the line. Blanks at its end do not count unless in quotes.
func (p *configParser) value() (string, error) {
	var b strings.Builder
	quoted := false
	solid := 0 // length without blanks at the end
	for ; ; p.at++ {
		c := p.peek()
		switch {
		case p.at == len(p.text) || c == '\n':
			if quoted {
				return "", p.errorf("a quote has no end")
			}
			return b.String()[:solid], nil
		case !quoted && (c == '#' || c == ';'):
			p.comment()
			return b.String()[:solid], nil
		case c == '"':
			quoted = !quoted
			solid = b.Len()
			continue
		case c == '\\':
			p.at++
			switch e := p.peek(); e {
			case '\n':
				p.line++
				continue
			case 'n':
				b.WriteByte('\n')
			case 't':
				b.WriteByte('\t')
			case 'b':
				b.WriteByte('\b')
			case '\\', '"':
				b.WriteByte(e)
			default:
				return "", p.errorf("an escape is not known")
			}
			solid = b.Len()
			continue
		}
		b.WriteByte(c)
		if quoted || c != ' ' && c != '\t' {
			solid = b.Len()
		}
	}
}

// Get returns the last value of a variable. ok is false if there is none.
func (c *Config) Get(section, subsection, name string) (value string, ok bool) {
	for i := len(c.vars) - 1; i >= 0; i-- {
		if v := &c.vars[i]; v.section == section && v.subsection == subsection && v.name == name {
			if v.bare {
				return "true", true
			}
			return v.value, true
		}
	}
	return "", false
}

// Bool returns the last value of a variable as a Boolean; otherwise if there is none.
func (c *Config) Bool(section, name string, otherwise bool) bool {
	value, ok := c.Get(section, "", name)
	if !ok {
		return otherwise
	}
	switch strings.ToLower(value) {
	case "true", "yes", "on", "1":
		return true
	}
	return false
}

// Subsections returns the names of the subsections of a section, in order, each once.
func (c *Config) Subsections(section string) []string {
	var out []string
	seen := map[string]bool{}
	for _, v := range c.vars {
		if v.section == section && v.subsection != "" && !seen[v.subsection] {
			seen[v.subsection] = true
			out = append(out, v.subsection)
		}
	}
	return out
}
