"""Clients of vosk-server at the same time, in lock-step as its own samples are.

Usage: vosk_clients.py ADDRESS PCM_FILE COUNT. Prints a JSON list: for each client its text, its words, and the close code.
"""

import asyncio
import json
import sys

import websockets

RATE = 16_000
CHUNK = RATE * 2 // 5  # 0.2 s, as test.py sends


async def client(address, audio):
    results = []
    async with websockets.connect(address) as socket:
        await socket.send('{ "config" : { "sample_rate" : %d, "words" : 1 } }' % RATE)
        for start in range(0, len(audio), CHUNK):
            await socket.send(audio[start : start + CHUNK])
            results.append(json.loads(await socket.recv()))
        await socket.send('{"eof" : 1}')
        results.append(json.loads(await socket.recv()))
        await socket.wait_closed()
        code = socket.close_code
    texts = [result["text"] for result in results if result.get("text")]
    words = [word["word"] for result in results for word in result.get("result", [])]
    return {"text": " ".join(texts), "words": " ".join(words), "code": code}


async def main(address, file, count):
    with open(file, "rb") as pcm:
        audio = pcm.read()
    print(json.dumps(await asyncio.gather(*(client(address, audio) for _ in range(count)))))


asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
