# A percent sign means nothing in a message.
throw "100%s %1% %%"
